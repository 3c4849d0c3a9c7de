package dev.berth.registry.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * How a layer's tar is compressed. The same bytes are compressed to the same bytes each time; from one machine to another
 * that holds as far as both have the same version of zlib (or zstd), so that a layer's digest can differ where its diff ID
 * does not.
 */
public enum Compression {
    /** Not at all. */
    NONE,
    /** As {@code gzip} does, without a time in its header. */
    GZIP,
    /** As {@code zstd} does. Needs {@code com.github.luben:zstd-jni} on the class path. */
    ZSTD;

    private static final int BUFFER = 1 << 16;

    /** Compresses what is written. Closing it ends the compression and closes {@code out}. */
    OutputStream compress(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out, BUFFER);
            case ZSTD -> Zstd.compress(out);
        };
    }

    /** What {@code in} begins with, whose mark is used. */
    static Compression of(BufferedInputStream in) throws IOException {
        in.mark(4);
        byte[] start = in.readNBytes(4);
        in.reset();
        if (start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
            return GZIP;
        }
        boolean frame = start.length == 4
                && start[0] == 0x28
                && start[1] == (byte) 0xb5
                && start[2] == 0x2f
                && start[3] == (byte) 0xfd;
        boolean skippable = start.length == 4
                && (start[0] & 0xf0) == 0x50
                && start[1] == 0x2a
                && start[2] == 0x4d
                && start[3] == 0x18;
        return frame || skippable ? ZSTD : NONE;
    }

    /** Reads whatever {@code in} is compressed with, by its first bytes: media types are often wrong. Closing closes it. */
    static InputStream decompress(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        try {
            return switch (of(buffered)) {
                case NONE -> buffered;
                case GZIP ->
                    GzipCompressorInputStream.builder()
                            .setInputStream(buffered)
                            .setDecompressConcatenated(true)
                            .get();
                case ZSTD -> Zstd.decompress(buffered);
            };
        } catch (IOException | RuntimeException e) {
            buffered.close();
            throw e;
        }
    }
}
