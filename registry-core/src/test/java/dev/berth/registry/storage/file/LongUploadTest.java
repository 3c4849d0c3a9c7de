package dev.berth.registry.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uploads that are long enough to be brought to the disk before their end. */
@Timeout(120)
class LongUploadTest {

    private static final int LONG = 40_000_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void severalAtOnceGetTheirOwnDigests(Durability durability) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(3);
        try (FileStorage storage = FileStorage.open(directory, durability)) {
            List<Future<?>> uploads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int seed = i;
                uploads.add(writers.submit(() -> {
                    upload(storage, seed, LONG);
                    return null;
                }));
            }
            for (Future<?> upload : uploads) {
                upload.get();
            }
        } finally {
            writers.shutdownNow();
        }
    }

    @Test
    void oneAloneGetsItsDigestHoweverItsPiecesAreCut() throws IOException {
        try (FileStorage storage = FileStorage.open(directory, Durability.FAST)) {
            for (int length : new int[] {0, 1, 1 << 20, (1 << 20) + 1, 5_000_000, LONG}) {
                upload(storage, length, length);
            }
        }
    }

    /** In two requests, each of which has a writer of its own. */
    private static void upload(FileStorage storage, int seed, int length) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        Digest digest = DigestAlgorithm.SHA256.digest(bytes);
        BlobUpload upload = storage.blobs()
                .begin(new RepositoryName("team/app"), UploadId.random(), DigestAlgorithm.SHA256, Instant.EPOCH);
        for (ByteBuffer half : List.of(
                ByteBuffer.wrap(bytes, 0, length / 2), ByteBuffer.wrap(bytes, length / 2, length - length / 2))) {
            try (BlobWriter writer = upload.append()) {
                while (half.hasRemaining()) {
                    int piece = Math.min(half.remaining(), 1 + random.nextInt(300_000));
                    writer.write(half.slice(half.position(), piece));
                    half.position(half.position() + piece);
                }
            }
        }

        assertThat(upload.commit(digest).size()).isEqualTo(length);

        try (BlobContent content = storage.blobs().open(digest).orElseThrow()) {
            assertThat(content.size()).isEqualTo(length);
        }
    }
}
