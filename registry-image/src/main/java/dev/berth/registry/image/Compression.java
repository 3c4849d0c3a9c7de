package dev.berth.registry.image;

/** How a layer's tar is compressed. */
public enum Compression {
    /** Not at all. */
    NONE,
    /** As {@code gzip} does. */
    GZIP,
    /** As {@code zstd} does. */
    ZSTD
}
