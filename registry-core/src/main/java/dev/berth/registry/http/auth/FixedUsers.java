package dev.berth.registry.http.auth;

import dev.berth.registry.http.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Users who never change. Passwords are compared by their salted digests, so the time tells nothing. */
final class FixedUsers implements Users {

    private static final byte[] NOBODY = new byte[32];

    private final byte[] salt = new byte[16];
    private final Map<String, byte[]> digests = new HashMap<>();

    FixedUsers(Map<String, String> passwords) {
        new SecureRandom().nextBytes(salt);
        passwords.forEach((name, password) -> digests.put(name, digest(password)));
    }

    @Override
    public CompletionStage<Verdict> check(PasswordAttempt attempt) {
        byte[] expected = digests.getOrDefault(attempt.name(), NOBODY);
        boolean right = MessageDigest.isEqual(expected, digest(attempt.password()));
        return CompletableFuture.completedFuture(
                right ? new Verdict.Right(Caller.named(attempt.name())) : new Verdict.Wrong());
    }

    @Override
    public Optional<String> revision(String name) {
        return Optional.ofNullable(digests.get(name))
                .map(digest -> HexFormat.of().formatHex(sha256(digest)));
    }

    private byte[] digest(String password) {
        return sha256(salt, password.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
