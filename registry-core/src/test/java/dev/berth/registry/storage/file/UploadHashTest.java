package dev.berth.registry.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever takes the bytes in, and on however many threads: the digest is theirs. */
class UploadHashTest {

    private static final int LONG = (int) UploadHash.LONG;

    private final List<HashThreads> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(HashThreads::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void isThatOfAllThatCameInAnyPieces(int most) {
        HashThreads threads = threads(most);
        Random random = new Random(most);
        for (int round = 0; round < 60; round++) {
            byte[] bytes = bytes(random, random.nextInt(6 * LONG));
            UploadHash hash = hash(threads);
            int largest = 1 << (10 + random.nextInt(10));

            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(largest));
                hash.update(ByteBuffer.wrap(bytes, at, length));
                at += length;
                if (random.nextInt(50) == 0) {
                    hash.rest();
                }
            }

            assertThat(digest(hash)).as("round %d", round).isEqualTo(Digest.of(bytes));
        }
    }

    @Test
    void callersMayUseTheirBufferAgainAtOnce() {
        HashThreads threads = threads(1);
        byte[] bytes = bytes(new Random(1), 8 * LONG);
        UploadHash hash = hash(threads);
        ByteBuffer buffer = ByteBuffer.allocateDirect(UploadHash.UNIT);

        for (int at = 0; at < bytes.length; at += UploadHash.UNIT) {
            buffer.clear().put(bytes, at, UploadHash.UNIT).flip();
            hash.update(buffer);
            assertThat(buffer.hasRemaining()).isFalse();
        }

        assertThat(digest(hash)).isEqualTo(Digest.of(bytes));
    }

    @Test
    void manyAtOnceDoNotGetIntoEachOthersWay() throws Exception {
        HashThreads threads = threads(2);
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                Random random = new Random(writer);
                all.add(writers.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        byte[] bytes = bytes(random, 3 * LONG + random.nextInt(LONG));
                        UploadHash hash = hash(threads);
                        write(hash, bytes);
                        assertThat(digest(hash)).isEqualTo(Digest.of(bytes));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(threads.take() && threads.take())
                .as("all threads are free again")
                .isTrue();
    }

    @Test
    void oneThatRestsKeepsNoThread() {
        HashThreads threads = threads(1);
        byte[] bytes = bytes(new Random(2), 4 * LONG);
        UploadHash hash = hash(threads);
        write(hash, bytes);
        assertThat(threads.take()).as("while it is written").isFalse();

        hash.rest();

        assertThat(becomesFree(threads)).isTrue();
        threads.giveBack();
        write(hash, bytes);
        assertThat(threads.take()).as("when it is written again").isFalse();
        byte[] both = ByteBuffer.allocate(8 * LONG).put(bytes).put(bytes).array();
        assertThat(digest(hash)).isEqualTo(Digest.of(both));
    }

    @Test
    void whatIsSlowOrShortNeedsNoThread() {
        HashThreads threads = threads(1);
        byte[] bytes = bytes(new Random(3), 2 * LONG);
        UploadHash slow = hash(threads);
        UploadHash brief = hash(threads);

        for (int at = 0; at < bytes.length; at += 1024) {
            slow.update(ByteBuffer.wrap(bytes, at, 1024));
        }
        brief.update(ByteBuffer.wrap(bytes, 0, LONG - 1));

        assertThat(threads.take()).isTrue();
        threads.giveBack();
        assertThat(digest(slow)).isEqualTo(Digest.of(bytes));
    }

    @Test
    void worksOnWhenTheThreadsHaveEnded() {
        HashThreads threads = threads(1);
        byte[] bytes = bytes(new Random(4), 4 * LONG);
        UploadHash hash = hash(threads);

        threads.close();
        write(hash, bytes);

        assertThat(digest(hash)).isEqualTo(Digest.of(bytes));
    }

    private HashThreads threads(int most) {
        HashThreads threads = new HashThreads(most);
        opened.add(threads);
        return threads;
    }

    private static UploadHash hash(HashThreads threads) {
        return new UploadHash(DigestAlgorithm.SHA256.newHash(), threads);
    }

    private static void write(UploadHash hash, byte[] bytes) {
        for (int at = 0; at < bytes.length; at += UploadHash.UNIT) {
            hash.update(ByteBuffer.wrap(bytes, at, Math.min(UploadHash.UNIT, bytes.length - at)));
        }
    }

    private static Digest digest(UploadHash hash) {
        return DigestAlgorithm.SHA256.finish(hash.finished().orElseThrow());
    }

    private static boolean becomesFree(HashThreads threads) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!threads.take()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
