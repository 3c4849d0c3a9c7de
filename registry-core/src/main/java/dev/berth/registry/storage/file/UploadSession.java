package dev.berth.registry.storage.file;

import dev.berth.registry.DigestAlgorithm;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an upload between requests. All but the size belongs to whoever has claimed the session.
 */
final class UploadSession {

    private final UploadDirectory directory;
    private final Instant startedAt;
    private final DigestAlgorithm algorithm;
    private final EarlyForce earlyForce;
    private volatile long size;
    private volatile boolean ended;

    /** Has taken in all of the data, or is null if nobody has hashed that while it came. */
    private @Nullable UploadHash hash;

    /** Guarded by {@link UploadSessions}. */
    private boolean claimed;

    UploadSession(
            UploadDirectory directory,
            Instant startedAt,
            DigestAlgorithm algorithm,
            long size,
            EarlyForce earlyForce,
            HashThreads hashThreads) {
        this.directory = directory;
        this.startedAt = startedAt;
        this.algorithm = algorithm;
        this.size = size;
        this.earlyForce = earlyForce;
        this.hash = size == 0 ? new UploadHash(algorithm.newHash(), hashThreads) : null;
    }

    UploadDirectory directory() {
        return directory;
    }

    Instant startedAt() {
        return startedAt;
    }

    long size() {
        return size;
    }

    void size(long size) {
        this.size = size;
    }

    DigestAlgorithm algorithm() {
        return algorithm;
    }

    EarlyForce earlyForce() {
        return earlyForce;
    }

    @Nullable
    UploadHash hash() {
        return hash;
    }

    /** Gives the hash away to be finished. */
    Optional<MessageDigest> takeHash() {
        UploadHash taken = hash;
        hash = null;
        return taken == null ? Optional.empty() : taken.finished();
    }

    boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
    }

    boolean claimed() {
        return claimed;
    }

    void claimed(boolean claimed) {
        this.claimed = claimed;
    }
}
