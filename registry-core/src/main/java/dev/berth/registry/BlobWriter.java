package dev.berth.registry;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Adds bytes to the end of an upload. For one thread at a time, not always the same. Closing it without having written
 * all that was meant to be is no error: what was written stays, and the session goes on from there.
 */
public interface BlobWriter extends Closeable {

    /**
     * Adds all that remains in {@code bytes}. The buffer is the caller's again afterwards.
     *
     * @throws IOException if the bytes cannot be kept; the upload is then as long as before this call
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Gives up the claim on the session. May be called more than once. */
    @Override
    void close() throws IOException;
}
