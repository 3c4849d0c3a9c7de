package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.ClientGoneException;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.ResponseBody;
import dev.berth.registry.testkit.http.RegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in both directions, with clients that are slow, rude or gone. */
class BodiesTest {

    private Listener listener;

    @AfterEach
    void stop() {
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 10_000_000})
    void aBodyArrivesWholeAndIsClosedOnce(int size) throws Exception {
        RecordedBody body = new RecordedBody(size);
        URI uri = serve(request -> answer(body));

        RegistryClient.Answer answer = new RegistryClient(uri).send("GET", "/v2/");

        assertThat(Digest.of(answer.body())).isEqualTo(Digest.of(body.bytes));
        body.assertClosedOnce();
    }

    @Test
    void aReadThatFailsCutsTheConnection() throws Exception {
        RecordedBody body = new RecordedBody(1_000_000);
        body.failAt = 500_000;
        URI uri = serve(request -> answer(body));

        assertThatThrownBy(() -> new RegistryClient(uri).send("GET", "/v2/"))
                .as("a client never takes a part for the whole")
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("got no answer");
        body.assertClosedOnce();
    }

    @Test
    void aClientThatGoesAwayClosesTheBody() throws Exception {
        RecordedBody body = new RecordedBody(50_000_000);
        URI uri = serve(request -> answer(body));

        try (Socket socket = connect(uri)) {
            socket.getOutputStream().write(ascii("GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n"));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            socket.setSoLinger(true, 0);
        }

        body.assertClosedOnce();
    }

    @Test
    void whatIsSentInChunksArrives() throws Exception {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        URI uri = serve(request -> request.body()
                .drainTo(bytes -> {
                    assertThat(request.body().length()).isEmpty();
                    received.writeBytes(copy(bytes));
                })
                .thenApply(done -> RegistryResponse.of(200)));

        try (Socket socket = connect(uri)) {
            socket.getOutputStream()
                    .write(ascii("PUT /v2/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"));
            assertThat(head(socket)).startsWith("HTTP/1.1 200");
        }
        assertThat(received.toString(StandardCharsets.US_ASCII)).isEqualTo("hello world");
    }

    @Test
    void aClientThatGoesAwayWithinItsBodyIsNoticed() throws Exception {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        URI uri = serve(request -> request.body()
                .drainTo(bytes -> bytes.position(bytes.limit()))
                .handle((done, failure) -> {
                    if (failure == null) {
                        drained.complete(null);
                    } else {
                        drained.completeExceptionally(failure);
                    }
                    return RegistryResponse.of(200);
                }));

        try (Socket socket = connect(uri)) {
            socket.getOutputStream().write(ascii("PUT /v2/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhello"));
        }

        assertThat(drained)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(ClientGoneException.class);
    }

    @Test
    void aRefusalComesBeforeTheBodyIsSent() throws Exception {
        URI uri = serve(request -> {
            throw new RegistryException(ErrorCode.DENIED, "no");
        });

        try (Socket socket = connect(uri)) {
            socket.getOutputStream()
                    .write(ascii(
                            "PUT /v2/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"));
            assertThat(head(socket)).startsWith("HTTP/1.1 403").contains("application/json");
        }
    }

    @Test
    void aRefusalReachesAClientThatIsStillSending() throws Exception {
        URI uri = serve(request -> {
            throw new RegistryException(ErrorCode.DENIED, "no");
        });
        RegistryClient client = new RegistryClient(uri);

        for (int i = 0; i < 50; i++) {
            assertThat(client.send("PUT", "/v2/", new byte[4_000_000]).status()).isEqualTo(403);
        }
    }

    @Test
    void aRefusalOfMoreThanAnybodyWantsEndsTheConnection() throws Exception {
        URI uri = serve(request -> {
            throw new RegistryException(ErrorCode.DENIED, "no");
        });

        try (Socket socket = connect(uri)) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("PUT /v2/ HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n"));
            assertThat(head(socket)).startsWith("HTTP/1.1 403");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 2_000; i++) {
                            out.write(new byte[65_536]);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBodyThatIsWantedIsAskedFor() throws Exception {
        URI uri = serve(request -> request.body()
                .drainTo(bytes -> bytes.position(bytes.limit()))
                .thenApply(done -> RegistryResponse.of(201)));

        try (Socket socket = connect(uri)) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("PUT /v2/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"));
            assertThat(head(socket)).startsWith("HTTP/1.1 100");
            out.write(ascii("hello"));
            assertThat(head(socket)).startsWith("HTTP/1.1 201");
        }
    }

    @Test
    void aSinkThatThrowsIsAnswered() throws Exception {
        URI uri = serve(request -> request.body()
                .drainTo(bytes -> {
                    throw new RegistryException(ErrorCode.SIZE_INVALID, "too much");
                })
                .thenApply(done -> RegistryResponse.of(201)));

        RegistryClient.Answer answer = new RegistryClient(uri).send("PUT", "/v2/", new byte[100]);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("too much");
    }

    @Test
    void aThousandSlowUploadsTakeNoThreads() throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        URI uri = serve(request -> {
            arrived.incrementAndGet();
            return request.body()
                    .drainTo(bytes -> bytes.position(bytes.limit()))
                    .thenApply(done -> RegistryResponse.of(201));
        });
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                Socket socket = connect(uri);
                sockets.add(socket);
                socket.getOutputStream().write(ascii("PUT /v2/ HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na"));
            }
            await(() -> arrived.get() == 1000);

            assertThat(new RegistryClient(uri).send("PUT", "/v2/").status())
                    .as("others are served meanwhile")
                    .isEqualTo(201);
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("berth")))
                    .hasSizeLessThan(64);
            for (Socket socket : sockets) {
                socket.getOutputStream().write('b');
            }
            for (Socket socket : sockets) {
                assertThat(head(socket)).startsWith("HTTP/1.1 201");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /v2/ HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /v2/\u0000 HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void whatIsNoRequestIsRefusedInTheSameForm(String request) throws Exception {
        URI uri = serve(r -> answer(new RecordedBody(1)));

        try (Socket socket = connect(uri)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).matches("(?s)HTTP/1.1 (4|5)\\d\\d.*").doesNotContainIgnoringCase("jetty");
            assertThat(answer).contains("{\"errors\":[{\"code\":");
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        URI uri = serve(r -> answer(new RecordedBody(1)));

        try (Socket socket = connect(uri)) {
            socket.getOutputStream()
                    .write(ascii("GET /v2/ HTTP/1.1\r\nHost: x\r\nAuthorization: " + "a".repeat(100_000) + "\r\n\r\n"));
            assertThat(head(socket)).startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void whateverEscapesIsAnswered() throws Exception {
        URI uri = listen(
                request -> CompletableFuture.failedFuture(new IllegalStateException("secret")), Duration.ofSeconds(1));

        RegistryClient.Answer answer = new RegistryClient(uri).send("GET", "/v2/");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("UNKNOWN").doesNotContain("secret");
    }

    @Test
    void aServerThatEndsWaitsForThoseWhoWatchABody() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ResponseBody body = ResponseBody.watched(ResponseBody.of(new byte[1]), sent -> {
            closing.countDown();
            await(go);
        });
        URI uri = listen(request -> answer(body), Duration.ofMinutes(1));
        new RegistryClient(uri).send("GET", "/v2/");
        await(closing);

        CompletableFuture<Void> end = CompletableFuture.runAsync(listener::close);

        assertThatThrownBy(() -> end.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        go.countDown();
        end.get(20, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI serve(RegistryHandler handler) throws IOException {
        return listen(HttpFilter.chain(List.of(), handler), Duration.ofSeconds(1));
    }

    private URI listen(RegistryHandler handler, Duration stopTimeout) throws IOException {
        listener = Listener.start(
                "127.0.0.1", 0, Optional.empty(), handler, () -> false, stopTimeout, Duration.ofSeconds(30));
        return URI.create("http://" + listener.address() + "/");
    }

    private static CompletionStage<RegistryResponse> answer(ResponseBody body) {
        return CompletableFuture.completedFuture(RegistryResponse.of(200)
                .with("Content-Length", Long.toString(body.length()))
                .withBody(body));
    }

    private static Socket connect(URI uri) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Reads up to the end of the header fields. */
    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return head.toString();
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("it has not come about in time").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** A body that counts how often it is closed, and can fail. */
    private static final class RecordedBody implements ResponseBody {

        private final byte[] bytes;
        private final AtomicInteger closed = new AtomicInteger();
        private long failAt = Long.MAX_VALUE;

        RecordedBody(int size) {
            bytes = new byte[size];
            new Random(size).nextBytes(bytes);
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            if (position >= failAt) {
                throw new IOException("the disk is gone");
            }
            int length = Math.min(target.remaining(), Math.min(40_000, bytes.length - (int) position));
            target.put(bytes, (int) position, length);
            return length;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }

        void assertClosedOnce() throws InterruptedException {
            await(() -> closed.get() > 0);
            TimeUnit.MILLISECONDS.sleep(20);
            assertThat(closed).hasValue(1);
        }
    }
}
