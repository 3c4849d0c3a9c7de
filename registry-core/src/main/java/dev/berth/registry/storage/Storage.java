package dev.berth.registry.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Where a registry keeps its content. Safe for use by several threads.
 *
 * <p>Whoever opens a storage closes it, after the last registry on it.
 */
public interface Storage extends Closeable {

    /** The large things, which never change. */
    BlobStore blobs();

    /** The small things, which do. */
    MetadataStore metadata();

    /**
     * Removes what is no content and has been left behind, such as files of processes that died and empty directories. It
     * does so beside all other work, and touches nothing that somebody may be about to use.
     */
    default void tidy() throws IOException {}

    /**
     * Finds out whether content can be written and read now, by doing it.
     *
     * @throws IOException if not; the message says what is wrong
     */
    default void check() throws IOException {}

    /** How much room there is, where the storage knows. */
    default Optional<StorageSpace> space() throws IOException {
        return Optional.empty();
    }

    /** Gives back files, threads and memory. May be called more than once. What was acknowledged is kept, where the storage keeps. */
    @Override
    void close() throws IOException;

    /** In a few words, for a log: the kind and the place. */
    @Override
    String toString();
}
