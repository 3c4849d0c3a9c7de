package dev.berth.registry.image;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The one place that knows of the optional library for zstd. */
final class Zstd {

    /** The level that the zstd program has when told none. */
    private static final int LEVEL = 3;

    private Zstd() {}

    static OutputStream compress(OutputStream out) throws IOException {
        try {
            return new ZstdOutputStream(out, LEVEL);
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    static InputStream decompress(InputStream in) throws IOException {
        try {
            return new ZstdInputStream(in);
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(NoClassDefFoundError e) {
        return new IllegalStateException(
                "Layers compressed with zstd need com.github.luben:zstd-jni on the class path: add it there", e);
    }
}
