package dev.berth.registry.storage;

import dev.berth.registry.Digest;
import java.time.Instant;

/**
 * A blob as its store sees it.
 *
 * @param digest what it is kept by
 * @param size in bytes
 * @param changedAt when it came, or last came again, by the store's clock
 */
public record KeptBlob(Digest digest, long size, Instant changedAt) {}
