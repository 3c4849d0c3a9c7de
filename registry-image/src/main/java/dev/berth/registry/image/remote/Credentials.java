package dev.berth.registry.image.remote;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who asks a registry elsewhere. Never shows a secret. Immutable. */
public final class Credentials {

    static final String REDACTED = "***";

    private final Optional<String> basic;
    private final Optional<String> bearer;
    private final String secret;

    private Credentials(Optional<String> basic, Optional<String> bearer, String secret) {
        this.basic = basic;
        this.bearer = bearer;
        this.secret = secret;
    }

    /** Nobody in particular. */
    public static Credentials none() {
        return new Credentials(Optional.empty(), Optional.empty(), "");
    }

    /** A user with a password, shown to the registry or to the token service that it names, when either asks for it. */
    public static Credentials of(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Credentials(
                Optional.of("Basic " + Base64.getEncoder().encodeToString(both)), Optional.empty(), password);
    }

    /** A bearer token that there is already, shown with every request. */
    public static Credentials token(String token) {
        return new Credentials(Optional.empty(), Optional.of("Bearer " + token), token);
    }

    /** The header field for a user with a password. */
    Optional<String> basic() {
        return basic;
    }

    /** The header field for a token that there is already. */
    Optional<String> bearer() {
        return bearer;
    }

    /** The text with the secret, and with what the secret is sent as, replaced wherever they stand. */
    String redacted(String text) {
        String redacted = secret.isEmpty() ? text : text.replace(secret, REDACTED);
        return basic.isEmpty() ? redacted : redacted.replace(basic.get().substring("Basic ".length()), REDACTED);
    }

    @Override
    public String toString() {
        return "Credentials[" + (basic.isPresent() ? "password" : bearer.isPresent() ? "token" : "none") + "]";
    }
}
