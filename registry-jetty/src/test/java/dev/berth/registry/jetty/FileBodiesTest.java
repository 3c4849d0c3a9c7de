package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies in files, which the system sends without their bytes passing through us. */
class FileBodiesTest {

    private static final int SIZE = 9_000_001;

    @TempDir
    Path directory;

    private final AtomicInteger read = new AtomicInteger();
    private byte[] bytes = new byte[0];
    private Path file = Path.of("");
    private Listener listener;

    @BeforeEach
    void write() throws IOException {
        bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        file = Files.write(directory.resolve("blob"), bytes);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 65535",
        "0, 65536",
        "0, 1048575",
        "0, 1048576",
        "0, 1048577",
        "1, 3000000",
        "8000000, 1000001",
        "0, 9000001"
    })
    void everyPartArrivesAsItIs(int offset, int length) throws Exception {
        serve(offset, length);

        try (PatientClient client = new PatientClient(listener.port())) {
            client.ask();

            assertThat(client.body()).isEqualTo(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    @Test
    void largeOnesAreNotReadByUs() throws Exception {
        serve(0, SIZE);

        try (PatientClient client = new PatientClient(listener.port())) {
            client.ask();
            client.body();
        }

        assertThat(read).hasValue(0);
    }

    @Test
    void oneConnectionCarriesManyAlsoOfRequestsSentAhead() throws Exception {
        serve(0, SIZE);

        try (PatientClient client = new PatientClient(listener.port())) {
            for (int i = 0; i < 5; i++) {
                client.ask();
            }
            for (int i = 0; i < 5; i++) {
                assertThat(Digest.of(client.body())).isEqualTo(Digest.of(bytes));
            }
        }
    }

    @Test
    void manyConnectionsGetEachItsOwn() throws Exception {
        serve(0, SIZE);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Digest>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(() -> {
                    try (PatientClient client = new PatientClient(listener.port())) {
                        client.ask();
                        return Digest.of(client.body());
                    }
                }));
            }
            for (Future<Digest> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(Digest.of(bytes));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void oneThatHasBecomeShorterCutsTheConnection() throws Exception {
        serve(0, SIZE);

        try (PatientClient client = new PatientClient(listener.port())) {
            client.ask();
            int length = client.head();
            assertThat(length).isEqualTo(SIZE);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(8_500_000);
            }

            assertThat(client.rest())
                    .as("what came before the connection ended")
                    .hasSizeLessThan(SIZE);
        }
    }

    @Test
    void aClientThatGoesAwayClosesTheFile() throws Exception {
        CountDownLatch closed = serve(0, SIZE);

        try (PatientClient client = new PatientClient(listener.port())) {
            client.ask();
            client.head();
            client.reset();
        }

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void clientsThatWaitHoldNoThread() throws Exception {
        serve(0, SIZE);
        List<PatientClient> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                PatientClient client = new PatientClient(listener.port());
                waiting.add(client);
                client.ask();
                client.head();
            }

            try (PatientClient other = new PatientClient(listener.port())) {
                other.ask();
                assertThat(other.body()).as("others are served meanwhile").hasSize(SIZE);
            }
            for (PatientClient client : waiting.subList(0, 20)) {
                assertThat(client.body(SIZE)).isEqualTo(bytes);
            }
        } finally {
            for (PatientClient client : waiting) {
                client.close();
            }
        }
    }

    /** Serves part of the file, and says when the first body has been closed. */
    private CountDownLatch serve(long offset, int length) throws IOException {
        CountDownLatch closed = new CountDownLatch(1);
        RegistryHandler handler = request -> {
            FileBody body = new FileBody(open(), offset, length, closed);
            return CompletableFuture.completedFuture(RegistryResponse.of(200)
                    .with("Content-Length", Long.toString(length))
                    .withBody(body));
        };
        RegistryHandler answering = HttpFilter.chain(List.of(), handler);
        listener = Listener.start(
                "127.0.0.1", 0, Optional.empty(), answering, () -> true, Duration.ofSeconds(1), Duration.ofSeconds(30));
        return closed;
    }

    private FileChannel open() {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class FileBody implements ResponseBody {

        private final FileChannel channel;
        private final long offset;
        private final long length;
        private final CountDownLatch closed;

        FileBody(FileChannel channel, long offset, long length, CountDownLatch closed) {
            this.channel = channel;
            this.offset = offset;
            this.length = length;
            this.closed = closed;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            read.incrementAndGet();
            return channel.read(target, offset + position);
        }

        @Override
        public Optional<FilePart> inFile() {
            return Optional.of(new FilePart(channel, offset));
        }

        @Override
        public void close() throws IOException {
            channel.close();
            closed.countDown();
        }
    }
}
