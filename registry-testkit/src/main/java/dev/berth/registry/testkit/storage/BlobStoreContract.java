package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.put;
import static dev.berth.registry.testkit.storage.Samples.read;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link dev.berth.registry.storage.BlobStore} does with blobs that are there, and how small ones come in. */
public abstract class BlobStoreContract extends StorageContract {

    /** Larger than any buffer or segment is likely to be, and no multiple of one. */
    private static final byte[] LARGE = bytes((5 << 20) + 7);

    /** For subclasses. */
    protected BlobStoreContract() {}

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void aBlobIsReadAsItWasPut(DigestAlgorithm algorithm) throws IOException {
        byte[] content = text("{\"schemaVersion\":2}");
        Digest digest = algorithm.digest(content);

        blobs().put(digest, ByteBuffer.wrap(content));

        assertThat(blobs().size(digest)).hasValue(content.length);
        assertThat(read(blobs(), digest)).contains(content);
    }

    @Test
    void aBlobIsWhatRemainsInTheBuffer() throws IOException {
        byte[] content = text("content");
        ByteBuffer direct = ByteBuffer.allocateDirect(100);
        direct.position(10).put(content).flip().position(10);

        blobs().put(Digest.of(content), direct);
        blobs().put(Digest.of(text("tent")), ByteBuffer.wrap(content, 3, 4).asReadOnlyBuffer());

        assertThat(read(blobs(), Digest.of(content))).contains(content);
        assertThat(read(blobs(), Digest.of(text("tent")))).contains(text("tent"));
    }

    @Test
    void aBlobCanBeEmpty() throws IOException {
        Digest digest = Digest.of(new byte[0]);

        put(blobs(), new byte[0]);

        assertThat(blobs().size(digest)).hasValue(0);
        try (BlobContent content = blobs().open(digest).orElseThrow()) {
            assertThat(content.size()).isZero();
            assertThat(content.read(ByteBuffer.allocate(10), 0)).isEqualTo(-1);
        }
    }

    @Test
    void aBlobCanBePutTwice() throws IOException {
        put(blobs(), text("content"));
        put(blobs(), text("content"));

        assertThat(read(blobs(), Digest.of(text("content")))).contains(text("content"));
        assertThat(blobs().delete(Digest.of(text("content")))).isTrue();
        assertThat(blobs().delete(Digest.of(text("content")))).isFalse();
    }

    @Test
    void aBlobThatIsNotThereIsAbsent() throws IOException {
        Digest digest = Digest.of(text("content"));

        assertThat(blobs().size(digest)).isEmpty();
        assertThat(blobs().open(digest)).isEmpty();
        assertThat(blobs().delete(digest)).isFalse();
    }

    @Test
    void aDeletedBlobIsGoneAndCanComeBack() throws IOException {
        Digest digest = Digest.of(text("content"));
        put(blobs(), text("content"));
        put(blobs(), text("other"));

        assertThat(blobs().delete(digest)).isTrue();

        assertThat(blobs().size(digest)).isEmpty();
        assertThat(blobs().open(digest)).isEmpty();
        assertThat(read(blobs(), Digest.of(text("other")))).contains(text("other"));

        put(blobs(), text("content"));

        assertThat(read(blobs(), digest)).contains(text("content"));
    }

    @Test
    void anOpenBlobStaysReadableWhenItIsDeleted() throws IOException {
        put(blobs(), LARGE);
        Digest digest = Digest.of(LARGE);
        try (BlobContent content = blobs().open(digest).orElseThrow()) {
            blobs().delete(digest);

            assertThat(content.size()).isEqualTo(LARGE.length);
            assertThat(read(content, 0, LARGE.length)).isEqualTo(LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                4095,
                4096,
                65_535,
                65_536,
                65_537,
                262_143,
                262_144,
                262_145,
                1_048_575,
                1_048_576,
                5 << 20,
                (5 << 20) + 6
            })
    void aBlobIsReadFromAnyPosition(int position) throws IOException {
        put(blobs(), LARGE);
        try (BlobContent content = blobs().open(Digest.of(LARGE)).orElseThrow()) {
            int length = Math.min(100_000, LARGE.length - position);

            assertThat(read(content, position, length))
                    .isEqualTo(Arrays.copyOfRange(LARGE, position, position + length));
        }
    }

    @Test
    void aBlobEndsWhereItEnds() throws IOException {
        put(blobs(), LARGE);
        try (BlobContent content = blobs().open(Digest.of(LARGE)).orElseThrow()) {
            ByteBuffer target = ByteBuffer.allocate(100);

            assertThat(content.read(target, LARGE.length)).isEqualTo(-1);
            assertThat(content.read(target, LARGE.length + 1L)).isEqualTo(-1);
            assertThat(content.read(target, 1L << 40)).isEqualTo(-1);
            assertThat(target.position()).isZero();
            assertThat(content.read(target, LARGE.length - 3L)).isBetween(1, 3);
        }
    }

    @Test
    void aReadFillsTheRoomInTheBufferOnly() throws IOException {
        put(blobs(), text("0123456789"));
        try (BlobContent content = blobs().open(Digest.of(text("0123456789"))).orElseThrow()) {
            ByteBuffer target = ByteBuffer.wrap(text("abcdefgh"));
            target.position(2).limit(5);
            while (target.hasRemaining()) {
                content.read(target, 4 + target.position() - 2);
            }

            assertThat(target.array()).isEqualTo(text("ab456fgh"));
            assertThat(content.read(target, 0)).isZero();
        }
    }

    @Test
    void severalThreadsReadOneHandle() throws Exception {
        put(blobs(), LARGE);
        long seed = System.nanoTime();
        try (BlobContent content = blobs().open(Digest.of(LARGE)).orElseThrow()) {
            Race.of(4, index -> {
                Random random = new Random(seed + index);
                for (int i = 0; i < 50; i++) {
                    int from = random.nextInt(LARGE.length);
                    int length = random.nextInt(Math.min(200_000, LARGE.length - from));
                    assertThat(Arrays.equals(read(content, from, length), 0, length, LARGE, from, from + length))
                            .as("seed %d, %d bytes from %d", seed, length, from)
                            .isTrue();
                }
                return index;
            });
        }
    }

    @Test
    void aClosedBlobIsNotRead() throws IOException {
        put(blobs(), text("content"));
        BlobContent content = blobs().open(Digest.of(text("content"))).orElseThrow();
        content.close();

        assertThatThrownBy(() -> content.read(ByteBuffer.allocate(1), 0)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileHasTheBytesOfTheBlobAndNoOthers() throws IOException {
        put(blobs(), LARGE);
        try (BlobContent content = blobs().open(Digest.of(LARGE)).orElseThrow()) {
            if (content.file().isPresent()) {
                FileChannel file = content.file().get();
                ByteBuffer bytes = ByteBuffer.allocate(LARGE.length + 1);
                while (file.read(bytes, bytes.position()) > 0) {
                    // Reads on to the end.
                }
                assertThat(bytes.flip()).isEqualTo(ByteBuffer.wrap(LARGE));
            }
        }
    }

    @Test
    void manyPutTheSameBlob() throws Exception {
        byte[] content = bytes(100_000);

        Race.of(8, index -> {
            put(blobs(), content);
            assertThat(read(blobs(), Digest.of(content))).contains(content);
            return index;
        });
    }

    @Test
    void aBlobIsWholeOrAbsentWhilePutsAndDeletesRace() throws Exception {
        byte[] content = bytes(50_000);
        Digest digest = Digest.of(content);

        Race.of(6, index -> {
            for (int i = 0; i < 30; i++) {
                switch (index % 3) {
                    case 0 -> put(blobs(), content);
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
    void blobsSurviveClosing() throws IOException {
        put(blobs(), text("content"));
        put(blobs(), text("deleted"));
        blobs().delete(Digest.of(text("deleted")));

        reopen();

        assertThat(read(blobs(), Digest.of(text("content")))).contains(text("content"));
        assertThat(blobs().size(Digest.of(text("deleted")))).isEmpty();
    }
}
