package dev.berth.registry.image.archive;

import dev.berth.registry.Manifest;
import java.nio.ByteBuffer;

/** Bytes as arrays. */
final class Bytes {

    private Bytes() {}

    static byte[] of(Manifest manifest) {
        ByteBuffer content = manifest.content();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }
}
