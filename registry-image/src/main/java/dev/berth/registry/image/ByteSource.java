package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that can be read as often as wanted, and are the same each time. They need not be in memory: {@link #random} makes
 * gigabytes while they are read.
 */
public interface ByteSource {

    /** How many bytes there are. */
    long size();

    /**
     * Reads from the beginning; the caller closes the stream.
     *
     * @throws IOException if the bytes are not there or cannot be read
     */
    InputStream open() throws IOException;

    /**
     * The same bytes, reading which fails where they are not those that a descriptor speaks of: as soon as there are too many,
     * or at the end.
     */
    default ByteSource verified(Descriptor expected) {
        return of(expected.size(), () -> new VerifiedStream(open(), expected));
    }

    /** The bytes of an array, which is copied. */
    static ByteSource of(byte[] bytes) {
        byte[] own = bytes.clone();
        return of(own.length, () -> new ByteArrayInputStream(own));
    }

    /** A text in UTF-8. */
    static ByteSource of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A file as it is now; it has to stay so for as long as it is read from.
     *
     * @throws UncheckedIOException if there is no such file
     */
    static ByteSource of(Path file) {
        try {
            return of(Files.size(file), () -> Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Bytes that no compression makes shorter, the same for the same seed on every machine, made while they are read.
     *
     * @param size how many, 0 or more
     * @throws IllegalArgumentException if the size is negative
     */
    static ByteSource random(long seed, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("The size of random bytes is 0 or more, not " + size);
        }
        return of(size, () -> new RandomBytes(seed, size));
    }

    /** Bytes of which size and a way to read them are known. */
    static ByteSource of(long size, Opening opening) {
        return new ByteSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return opening.open();
            }
        };
    }

    /** A way to read bytes from their beginning, to be gone more than once. */
    @FunctionalInterface
    interface Opening {
        /** Opens a stream that the caller closes. */
        InputStream open() throws IOException;
    }
}
