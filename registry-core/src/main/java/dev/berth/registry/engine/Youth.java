package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.time.Instant;

/**
 * Whether something has come, or was asked for, so lately that it stays whatever refers to it.
 *
 * @param limit what is later is young
 */
record Youth(MetadataStore metadata, RecentRequests recent, Instant limit) {

    /** @param key of the fact that says it is there */
    boolean isYoung(String key, Digest digest) throws IOException {
        return recent.since(digest, limit)
                || metadata.changedAt(key).filter(time -> time.isAfter(limit)).isPresent();
    }
}
