package dev.berth.registry.http.auth;

import dev.berth.registry.http.RegistryRequest;
import java.util.Optional;

/**
 * A name and a password that somebody has sent.
 *
 * @param name never empty, without a colon or control characters
 * @param password without control characters
 * @param address where it came from, as the connection says
 */
public record PasswordAttempt(String name, String password, String address) {

    /**
     * What a request's {@code Authorization: Basic} field says (RFC 7617).
     *
     * @return empty if it has none, several, or one that cannot be read: of another scheme, longer than 8 KiB, not UTF-8, with
     *     control characters, or without a name
     */
    public static Optional<PasswordAttempt> of(RegistryRequest request) {
        return BasicHeader.read(request);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "a password for " + name + " from " + address;
    }
}
