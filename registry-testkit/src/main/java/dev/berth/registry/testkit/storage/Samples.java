package dev.berth.registry.testkit.storage;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.BlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** Content for tests, and short ways to get it in and out. */
final class Samples {

    static final RepositoryName REPOSITORY = new RepositoryName("team/app");
    static final Instant STARTED_AT = Instant.parse("2024-02-29T12:34:56Z");

    private Samples() {}

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static BlobUpload begin(BlobStore blobs) throws IOException {
        return begin(blobs, UploadId.random());
    }

    static BlobUpload begin(BlobStore blobs, UploadId id) throws IOException {
        return blobs.begin(REPOSITORY, id, DigestAlgorithm.SHA256, STARTED_AT);
    }

    static void append(BlobUpload upload, byte[] bytes) throws IOException {
        append(upload, bytes, 0, bytes.length);
    }

    static void append(BlobUpload upload, byte[] bytes, int from, int to) throws IOException {
        try (BlobWriter writer = upload.append()) {
            writer.write(ByteBuffer.wrap(bytes, from, to - from));
        }
    }

    static void put(BlobStore blobs, byte[] content) throws IOException {
        blobs.put(Digest.of(content), ByteBuffer.wrap(content));
    }

    /** All bytes of a blob, or empty if it is not there. */
    static Optional<byte[]> read(BlobStore blobs, Digest digest) throws IOException {
        Optional<BlobContent> open = blobs.open(digest);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (BlobContent content = open.get()) {
            return Optional.of(read(content, 0, (int) content.size()));
        }
    }

    static byte[] read(BlobContent content, long position, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            int count = content.read(target, position + target.position());
            if (count < 1) {
                throw new AssertionError("read " + count + " bytes with " + target.remaining() + " to come");
            }
        }
        return target.array();
    }
}
