package dev.berth.registry.auth.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The keys that a registry trusts for tokens. Safe for use by several threads. */
public sealed interface TrustedKeys permits KeyRing, KeyFiles, RemoteKeys {

    /**
     * The key of a token, of those that are at hand. Takes no longer than to look at them.
     *
     * @param id what the token says of it in {@code kid}
     * @param chain the certificates in {@code x5c}, its own first, in base64
     * @param now the time, for certificates
     */
    Optional<VerificationKey> find(Optional<String> id, List<String> chain, Instant now);

    /** Changes by identity when a key that was trusted is so no more. */
    Object version();

    /**
     * Sees to it that a key is at hand, if it can be had.
     *
     * @return completes, and never fails, when there is no more to wait for
     */
    default CompletableFuture<Void> prepare(String id) {
        return CompletableFuture.completedFuture(null);
    }
}
