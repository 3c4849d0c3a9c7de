package dev.berth.registry;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * The bytes of a blob, open for reading at any position. Whoever opens it closes it, once; it stays readable until then,
 * even if the blob is deleted meanwhile. Several threads may read at the same time.
 */
public interface BlobContent extends Closeable {

    /** How many bytes there are. */
    long size();

    /**
     * Reads bytes from {@code position} on into {@code target}, as many as fit or fewer.
     *
     * @return how many were read, at least 1 where {@code position} is before the end and {@code target} has room; -1 at the end
     * @throws IOException if the bytes cannot be read
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * The open file that holds exactly these bytes, where there is one, for whoever can send a file better than a buffer. To be
     * read at explicit positions only; it is closed with this. Others may send the same file, so that no thread may use it that is
     * interrupted: Java closes a file then.
     */
    default Optional<FileChannel> file() {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
