package dev.berth.registry.storage.memory;

import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import java.time.Clock;

/**
 * Keeps everything in the heap and nothing after {@link #close()}. Takes no thread, no file and no time to start, which makes
 * it the storage for tests. Safe for use by several threads.
 *
 * <p>Nothing bounds it but the heap: uploads that nobody ends stay as well.
 */
public final class MemoryStorage implements Storage {

    private final MemoryBlobStore blobs;
    private final MemoryMetadataStore metadata;

    /** An empty storage. */
    public MemoryStorage() {
        this(Clock.systemUTC());
    }

    /** An empty storage that takes the times of change from {@code clock}. */
    public MemoryStorage(Clock clock) {
        blobs = new MemoryBlobStore(clock);
        metadata = new MemoryMetadataStore(clock);
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public MetadataStore metadata() {
        return metadata;
    }

    /** What there is now, to come back to; without upload sessions. Takes some microseconds for each thousand blobs. */
    public MemorySnapshot snapshot() {
        return new MemorySnapshot(blobs.copy(), metadata.copy());
    }

    /**
     * Makes this storage what it was, and ends all upload sessions. Whoever reads or writes meanwhile may find some of what was
     * and some of what is, so nobody should.
     */
    public void restore(MemorySnapshot snapshot) {
        // Blobs before what leads to them, as in a push.
        blobs.replaceBy(snapshot.blobs());
        metadata.replaceBy(snapshot.facts());
    }

    /** Drops all content, as if the storage were new. */
    public void reset() {
        close();
    }

    /** Drops all content. A blob that is open stays readable. */
    @Override
    public void close() {
        blobs.clear();
        metadata.clear();
    }

    @Override
    public String toString() {
        return "memory";
    }
}
