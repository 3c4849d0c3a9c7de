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
