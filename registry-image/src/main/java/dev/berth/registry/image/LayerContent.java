package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Finds out what layers are called, by reading them once from end to end. */
final class LayerContent {

    private LayerContent() {}

    static Layer layer(ProducedStream.Start tar, Compression compression) {
        MessageDigest ofTar = DigestAlgorithm.SHA256.newHash();
        Counted compressed =
                count(() -> new ProducedStream(out -> tar.writingTo(new Hashing(out, ofTar)), compression));
        return new Layer(
                new Descriptor(ImageFormat.OCI.layer(compression), compressed.digest(), compressed.size()),
                ByteSource.of(compressed.size(), () -> new ProducedStream(tar, compression)),
                Optional.of(DigestAlgorithm.SHA256.finish(ofTar)));
    }

    static Counted count(ByteSource.Opening content) {
        MessageDigest hash = DigestAlgorithm.SHA256.newHash();
        long size = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = content.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
                size += n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Counted(DigestAlgorithm.SHA256.finish(hash), size);
    }

    /** Hashes what passes, and does nothing else: a flush would make zstd end a block that the next run does not end. */
    private static final class Hashing extends DigestOutputStream {

        Hashing(OutputStream out, MessageDigest hash) {
            super(out, hash);
        }

        @Override
        public void flush() {}
    }

    /** What some bytes are called, and how many they are. */
    record Counted(Digest digest, long size) {}
}
