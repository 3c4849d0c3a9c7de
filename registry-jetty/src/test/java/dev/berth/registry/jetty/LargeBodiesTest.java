package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large bodies that are not in files: one thread sends those of many clients, and no client has a buffer while it is waited for. */
class LargeBodiesTest {

    private static final int SIZE = 20_000_001;

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private Listener listener;

    @AfterEach
    void stop() {
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 131_071, 4_194_303, 4_194_304, 4_194_305, SIZE})
    void everyByteArrivesInItsPlace(int length) throws Exception {
        serve(length, Long.MAX_VALUE);

        try (PatientClient client = new PatientClient(listener.port())) {
            for (int i = 0; i < 3; i++) {
                client.ask();
                assertAllThere(client.body(), length);
            }
        }

        assertThat(Soon.becomes(() -> open.get() == 0)).as("all are closed").isTrue();
    }

    @Test
    void clientsThatWaitHoldUpNobody() throws Exception {
        serve(SIZE, Long.MAX_VALUE);
        List<PatientClient> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                PatientClient client = new PatientClient(listener.port());
                waiting.add(client);
                client.ask();
                client.head();
            }

            try (PatientClient other = new PatientClient(listener.port())) {
                other.ask();
                assertAllThere(other.body(), SIZE);
            }
            for (PatientClient client : waiting.subList(0, 10)) {
                assertAllThere(client.body(SIZE), SIZE);
            }
        } finally {
            for (PatientClient client : waiting) {
                client.close();
            }
        }
        assertThat(Soon.becomes(() -> open.get() == 0)).as("all are closed").isTrue();
    }

    @Test
    void theFastLeaveRoomForOthers() throws Exception {
        // As long as it can be: nobody gets to the end of it.
        serve(Integer.MAX_VALUE, Long.MAX_VALUE);
        int fast = 2 * Runtime.getRuntime().availableProcessors() + 2;
        ExecutorService threads = Executors.newFixedThreadPool(fast);
        List<PatientClient> clients = new ArrayList<>();
        List<Future<?>> reading = new ArrayList<>();
        try {
            for (int i = 0; i < fast; i++) {
                PatientClient client = new PatientClient(listener.port());
                clients.add(client);
                client.ask();
                reading.add(threads.submit(client::discardRest));
            }

            for (int i = 0; i < 8; i++) {
                try (PatientClient other = new PatientClient(listener.port())) {
                    other.ask();
                    other.head();
                    assertAllThere(other.body(SIZE), SIZE);
                }
            }

            assertThat(reading).as("who still reads").noneMatch(Future::isDone);
        } finally {
            for (PatientClient client : clients) {
                client.close();
            }
            threads.shutdownNow();
        }
    }

    @Test
    void oneThatCannotBeReadCutsTheConnectionAndNoOther() throws Exception {
        serve(SIZE, 7_000_000);

        try (PatientClient client = new PatientClient(listener.port())) {
            client.ask();
            assertThat(client.head()).isEqualTo(SIZE);
            assertThat(client.rest()).as("what came before the end").hasSizeLessThan(SIZE);
        }

        try (PatientClient other = new PatientClient(listener.port())) {
            other.ask();
            assertThat(other.head()).as("the next is answered").isEqualTo(SIZE);
        }
        assertThat(Soon.becomes(() -> open.get() == 0)).as("all are closed").isTrue();
    }

    /** Again and again: a thread that was gone before the connections were closed kept the end waiting, one time in some dozens. */
    @RepeatedTest(20)
    @Timeout(60)
    void theEndCutsOffWhatIsBeingSentAndLeavesNothing() throws Exception {
        serve(SIZE, Long.MAX_VALUE);
        List<PatientClient> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                PatientClient client = new PatientClient(listener.port());
                waiting.add(client);
                client.ask();
                client.head();
            }

            listener.close();

            assertThat(begun).hasValue(20);
            assertThat(Soon.becomes(() -> open.get() == 0)).as("all are closed").isTrue();
            assertThat(Soon.becomes(() -> senders() == 0)).as("the threads end").isTrue();
            for (PatientClient client : waiting) {
                assertThat(client.rest()).hasSizeLessThan(SIZE);
            }
        } finally {
            for (PatientClient client : waiting) {
                client.close();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void clientsThatGoAwayLeaveNoSocket() throws Exception {
        serve(SIZE, Long.MAX_VALUE);
        // With so many, each of the threads has been needed.
        goAway(50);
        assertThat(Soon.becomes(() -> open.get() == 0)).isTrue();
        long before = openFiles();

        goAway(50);

        assertThat(Soon.becomes(() -> open.get() == 0)).isTrue();
        assertThat(Soon.becomes(() -> openFiles() <= before)).isTrue();
    }

    private void goAway(int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            try (PatientClient client = new PatientClient(listener.port())) {
                client.ask();
                client.head();
                if (i % 2 == 0) {
                    client.reset();
                }
            }
        }
    }

    private void serve(int length, long readable) throws IOException {
        RegistryHandler handler = request -> {
            open.incrementAndGet();
            begun.incrementAndGet();
            return CompletableFuture.completedFuture(RegistryResponse.of(200)
                    .with("Content-Length", Integer.toString(length))
                    .withBody(new Counting(length, readable)));
        };
        listener = Listener.start(
                "127.0.0.1",
                0,
                Optional.empty(),
                HttpFilter.chain(List.of(), handler),
                () -> true,
                Duration.ZERO,
                Duration.ofSeconds(30));
    }

    /** What a byte is tells where it belongs, but for every 251st. */
    private static byte at(long position) {
        return (byte) (position % 251);
    }

    private static void assertAllThere(byte[] body, int length) {
        assertThat(body).hasSize(length);
        for (int i = 0; i < body.length; i++) {
            if (body[i] != at(i)) {
                assertThat(i).as("the first byte that is not in its place").isEqualTo(-1);
            }
        }
    }

    private static long senders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("berth-sender"))
                .count();
    }

    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes that are nowhere. */
    private final class Counting implements ResponseBody {

        private final long length;
        private final long readable;

        Counting(long length, long readable) {
            this.length = length;
            this.readable = readable;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            if (position >= readable) {
                throw new IOException("This cannot be read");
            }
            long end = Math.min(length, position + target.remaining());
            for (long at = position; at < end; at++) {
                target.put(at(at));
            }
            return (int) (end - position);
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
