package dev.berth.registry.http;

import dev.berth.registry.BlobContent;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * The body of a response: bytes of known length that can be read from any position, so that the binding chooses buffers and
 * pace. Whoever holds the response closes its body, exactly once, whether it was sent or not.
 */
public interface ResponseBody extends Closeable {

    /** How many bytes it has. */
    long length();

    /**
     * Reads bytes from {@code position} on into {@code target}, as many as fit or fewer; -1 at the end.
     *
     * @throws IOException if the bytes cannot be read
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** All the bytes, where they are in memory anyway. */
    default Optional<ByteBuffer> inMemory() {
        return Optional.empty();
    }

    /** Where all the bytes are, where they are in a file. */
    default Optional<FilePart> inFile() {
        return Optional.empty();
    }

    /**
     * Tells the body that its bytes up to {@code position} have been handed to the system straight from the file, so that
     * {@link #read} was not asked for them.
     */
    default void transferred(long position) {}

    /** The same body, which tells {@code watch} how far it has been taken. */
    static ResponseBody watched(ResponseBody body, BodyWatch watch) {
        return new WatchedBody(body, watch);
    }

    /**
     * Bytes in an open file.
     *
     * @param file to be read at explicit positions only, and closed with the body
     * @param offset where they begin
     */
    record FilePart(FileChannel file, long offset) {}

    @Override
    void close() throws IOException;

    /** A body without bytes. */
    static ResponseBody empty() {
        return MemoryBody.EMPTY;
    }

    /** A body of bytes in memory, all that remain in {@code bytes}. */
    static ResponseBody of(ByteBuffer bytes) {
        return new MemoryBody(bytes);
    }

    /** A body of bytes in memory, which nobody may change afterwards. */
    static ResponseBody of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /** Part of a blob; closing the body closes the content. */
    static ResponseBody of(BlobContent content, long offset, long length) {
        return new ContentBody(content, offset, length);
    }
}
