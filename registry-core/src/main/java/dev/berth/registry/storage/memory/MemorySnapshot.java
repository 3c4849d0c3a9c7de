package dev.berth.registry.storage.memory;

import dev.berth.registry.Digest;
import java.util.Map;

/**
 * What a {@link MemoryStorage} held at a time. It shares the bytes of blobs with the storage, so it costs little more than a list
 * of them. Immutable; of use to the storage that it was taken from and to others alike.
 */
public final class MemorySnapshot {

    private final Map<Digest, MemoryBlobStore.Kept> blobs;
    private final Map<String, MemoryMetadataStore.Fact> facts;

    MemorySnapshot(Map<Digest, MemoryBlobStore.Kept> blobs, Map<String, MemoryMetadataStore.Fact> facts) {
        this.blobs = blobs;
        this.facts = facts;
    }

    Map<Digest, MemoryBlobStore.Kept> blobs() {
        return blobs;
    }

    Map<String, MemoryMetadataStore.Fact> facts() {
        return facts;
    }

    @Override
    public String toString() {
        return "snapshot of " + blobs.size() + " blobs and " + facts.size() + " facts";
    }
}
