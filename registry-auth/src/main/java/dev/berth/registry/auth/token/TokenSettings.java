package dev.berth.registry.auth.token;

import java.time.Duration;

/**
 * What a token service and a registry agree on. Immutable.
 *
 * @param issuer who gives tokens out, in {@code iss}; not empty
 * @param service the registry they are for, in {@code aud}; not empty
 * @param lifetime for how long a token is good, more than zero; 5 minutes unless told. Clients take one for good for at least a
 *     minute, and ask again when they are refused
 * @param refreshLifetime for how long a client may get further tokens by a refresh token, more than zero; 30 days unless told
 * @param skew by how much clocks may differ, zero or more; 30 seconds unless told
 */
public record TokenSettings(String issuer, String service, Duration lifetime, Duration refreshLifetime, Duration skew) {

    /** @throws IllegalArgumentException if a text is empty, or a time out of its range */
    public TokenSettings {
        if (issuer.isEmpty() || service.isEmpty()) {
            throw new IllegalArgumentException("A token service has a name, and so has the registry: neither is empty");
        }
        if (lifetime.toMillis() < 1 || refreshLifetime.toMillis() < 1 || skew.isNegative()) {
            throw new IllegalArgumentException("A token lives longer than zero, unlike one of lifetime=" + lifetime
                    + ", refreshLifetime=" + refreshLifetime + ", skew=" + skew);
        }
    }

    /** The settings of a registry that gives out its own tokens. */
    public static TokenSettings of(String service) {
        return new TokenSettings(service, service, Duration.ofMinutes(5), Duration.ofDays(30), Duration.ofSeconds(30));
    }

    /** The same with another issuer. */
    public TokenSettings withIssuer(String newIssuer) {
        return new TokenSettings(newIssuer, service, lifetime, refreshLifetime, skew);
    }

    /** The same with another life for tokens. */
    public TokenSettings withLifetime(Duration newLifetime) {
        return new TokenSettings(issuer, service, newLifetime, refreshLifetime, skew);
    }

    /** The same with another life for refresh tokens. */
    public TokenSettings withRefreshLifetime(Duration newLifetime) {
        return new TokenSettings(issuer, service, lifetime, newLifetime, skew);
    }

    /** The same with another difference of clocks. */
    public TokenSettings withSkew(Duration newSkew) {
        return new TokenSettings(issuer, service, lifetime, refreshLifetime, newSkew);
    }
}
