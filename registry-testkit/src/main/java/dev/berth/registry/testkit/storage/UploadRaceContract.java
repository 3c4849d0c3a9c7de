package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.REPOSITORY;
import static dev.berth.registry.testkit.storage.Samples.append;
import static dev.berth.registry.testkit.storage.Samples.begin;
import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.read;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What uploads promise to threads that work on the same session or on the same blob. */
public abstract class UploadRaceContract extends StorageContract {

    private static final int THREADS = 8;

    /** For subclasses. */
    protected UploadRaceContract() {}

    @RepeatedTest(10)
    void oneOfManyWrites() throws Exception {
        BlobUpload upload = begin(blobs());

        List<Optional<BlobWriter>> results = Race.of(THREADS, index -> {
            BlobUpload same = blobs().resume(REPOSITORY, upload.id()).orElseThrow();
            try {
                return Optional.of(same.append());
            } catch (RegistryException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.RANGE_INVALID);
                return Optional.empty();
            }
        });

        List<BlobWriter> writers = results.stream().flatMap(Optional::stream).toList();
        for (BlobWriter writer : writers) {
            writer.close();
        }
        assertThat(writers).hasSize(1);
        upload.cancel();
    }

    @RepeatedTest(10)
    void oneOfManyCommits() throws Exception {
        byte[] content = text("content");
        BlobUpload upload = begin(blobs());
        append(upload, content);

        List<Boolean> results = Race.of(THREADS, index -> {
            try {
                upload.commit(Digest.of(content));
                return true;
            } catch (RegistryException e) {
                assertThat(e.code()).isIn(ErrorCode.RANGE_INVALID, ErrorCode.BLOB_UPLOAD_UNKNOWN);
                return false;
            }
        });

        assertThat(results).containsOnlyOnce(true);
        assertThat(read(blobs(), Digest.of(content))).contains(content);
        assertThat(blobs().resume(REPOSITORY, upload.id())).isEmpty();
    }

    @RepeatedTest(5)
    void manyCommitTheSameBlob() throws Exception {
        byte[] content = bytes(200_000);

        Race.of(THREADS, index -> {
            BlobUpload upload = begin(blobs());
            append(upload, content);
            upload.commit(Digest.of(content));
            assertThat(read(blobs(), Digest.of(content))).contains(content);
            return index;
        });
    }

    @RepeatedTest(10)
    void aCommitOrACancelWins() throws Exception {
        byte[] content = bytes(10_000);
        BlobUpload upload = begin(blobs());
        append(upload, content);
        AtomicBoolean committed = new AtomicBoolean();

        Race.between(upload::cancel, () -> {
            try {
                upload.commit(Digest.of(content));
                committed.set(true);
            } catch (RegistryException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN);
            }
        });

        Optional<byte[]> blob = read(blobs(), Digest.of(content));
        assertThat(blob.isPresent()).isEqualTo(committed.get());
        if (blob.isPresent()) {
            assertThat(blob.get()).isEqualTo(content);
        }
        assertThat(blobs().resume(REPOSITORY, upload.id())).isEmpty();
    }

    @Test
    void aBlobIsWholeOrAbsentWhileCommitsAndDeletesRace() throws Exception {
        byte[] content = bytes(50_000);
        Digest digest = Digest.of(content);

        Race.of(6, index -> {
            for (int i = 0; i < 20; i++) {
                switch (index % 3) {
                    case 0 -> {
                        BlobUpload upload = begin(blobs());
                        append(upload, content);
                        upload.commit(digest);
                    }
                    case 1 -> blobs().delete(digest);
                    default -> {
                        Optional<byte[]> read = read(blobs(), digest);
                        assertThat(read.isEmpty() || Arrays.equals(read.get(), content))
                                .isTrue();
                    }
                }
            }
            return index;
        });
    }

    @Test
    void manyUploadsGoOnSideBySide() throws Exception {
        Race.of(THREADS, index -> {
            Random random = new Random(index);
            for (int i = 0; i < 5; i++) {
                byte[] content = new byte[random.nextInt(300_000)];
                random.nextBytes(content);
                upload(content, random);
                assertThat(read(blobs(), Digest.of(content))).contains(content);
            }
            return index;
        });
    }

    private void upload(byte[] content, Random random) throws IOException {
        BlobUpload upload = begin(blobs());
        for (int at = 0; at < content.length; ) {
            try (BlobWriter writer = upload.append()) {
                int length = Math.min(1 + random.nextInt(100_000), content.length - at);
                writer.write(ByteBuffer.wrap(content, at, length));
                at += length;
            }
        }
        upload.commit(Digest.of(content));
    }
}
