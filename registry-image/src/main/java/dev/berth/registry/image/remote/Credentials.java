package dev.berth.registry.image.remote;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who asks a registry elsewhere. Never shows a secret. Immutable. */
public final class Credentials {

    private final Optional<String> basic;
    private final Optional<String> bearer;

    private Credentials(Optional<String> basic, Optional<String> bearer) {
        this.basic = basic;
        this.bearer = bearer;
    }

    /** Nobody in particular. */
    public static Credentials none() {
        return new Credentials(Optional.empty(), Optional.empty());
    }

    /** A user with a password, shown to the registry or to the token service that it names, when either asks for it. */
    public static Credentials of(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Credentials(Optional.of("Basic " + Base64.getEncoder().encodeToString(both)), Optional.empty());
    }

    /** A bearer token that there is already, shown with every request. */
    public static Credentials token(String token) {
        return new Credentials(Optional.empty(), Optional.of("Bearer " + token));
    }

    /** The header field for a user with a password. */
    Optional<String> basic() {
        return basic;
    }

    /** The header field for a token that there is already. */
    Optional<String> bearer() {
        return bearer;
    }

    @Override
    public String toString() {
        return "Credentials[" + (basic.isPresent() ? "password" : bearer.isPresent() ? "token" : "none") + "]";
    }
}
