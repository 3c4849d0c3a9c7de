package dev.berth.registry.auth.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys that a registry trusts for tokens. Safe for use by several threads. */
public sealed interface TrustedKeys permits KeyRing, KeyFiles, RemoteKeys {

    /**
     * The key of a token.
     *
     * @param id what the token says of it in {@code kid}
     * @param chain the certificates in {@code x5c}, its own first, in base64
     * @param now the time, for certificates
     */
    Optional<VerificationKey> find(Optional<String> id, List<String> chain, Instant now);

    /** Changes by identity when a key that was trusted is so no more. */
    Object version();

    /** Whether finding a key may take long. */
    default boolean mayBlock() {
        return false;
    }
}
