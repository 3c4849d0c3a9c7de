package dev.berth.registry.jetty;

import static dev.berth.registry.http.RequestMatch.anyRequest;
import static dev.berth.registry.http.RequestMatch.blobGet;
import static dev.berth.registry.http.RequestMatch.blobHead;
import static dev.berth.registry.http.RequestMatch.mount;
import static dev.berth.registry.http.RequestMatch.tagsList;
import static dev.berth.registry.http.RequestMatch.uploadBegin;
import static dev.berth.registry.http.RequestMatch.uploadCommit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.http.Caller;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.journal.Exchange;
import dev.berth.registry.http.journal.Exchange.State;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.testkit.http.RegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Journal journal = new Journal(10, Clock.fixed(NOW, ZoneOffset.UTC));

    @TempDir
    private Path directory;

    @Test
    void whatAClientHasSeenIsThere() throws Exception {
        try (RegistryServer server =
                RegistryServer.builder().directory(directory).filter(journal).start()) {
            RegistryClient client = new RegistryClient(server.uri());
            byte[] content = new byte[200_000];

            String digest = client.pushBlob("app", content);
            client.send("GET", "/v2/app/blobs/" + digest, "User-Agent", "berth-test");

            Exchange got = journal.exchanges(blobGet().in("app").of(Digest.parse(digest)))
                    .get(0);
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.endpoint()).contains(Endpoint.BLOB_GET);
            assertThat(got.userAgent()).contains("berth-test");
            assertThat(got.time()).isEqualTo(NOW);
            assertThat(got.digest()).contains(Digest.parse(digest));
            assertThat(got.caller().isAnonymous()).isTrue();
            // What the system sends for us is counted when it has been, and the client may be faster.
            journal.await(
                    "blob that is pulled",
                    e -> e.endpoint().equals(got.endpoint()) && e.sent() == content.length && e.state() == State.SENT,
                    LONG);
            Exchange sent = journal.await(
                    "blob that is pushed", e -> e.received() == content.length && e.state() == State.SENT, LONG);
            assertThat(sent.status()).isEqualTo(201);
        }
    }

    @Test
    void secretsAreMasked() {
        try (RegistryServer server = RegistryServer.builder().filter(journal).start()) {
            RegistryClient client = new RegistryClient(server.uri());

            client.send(
                    "GET", "/v2/", "Authorization", "Basic c2VjcmV0", "Cookie", "secret=1", "X-Long", "x".repeat(3000));

            Exchange exchange = journal.exchanges().get(0);
            assertThat(exchange.request().headers().first("Authorization")).contains("Basic ***");
            assertThat(exchange.request().headers().first("Cookie")).contains("***");
            assertThat(exchange.request().headers().first("X-Long"))
                    .get()
                    .asString()
                    .hasSizeLessThan(1100)
                    .endsWith("… (3000 characters)");
            assertThat(journal.toString()).doesNotContain("c2VjcmV0");
        }
    }

    @Test
    void theCallerIsWhoAFilterFoundOut() {
        try (RegistryServer server = RegistryServer.builder()
                .filter(journal)
                .filter((request, next) -> next.handle(request.withCaller(Caller.named("alice"))))
                .start()) {
            new RegistryClient(server.uri()).send("GET", "/v2/");

            assertThat(journal.exchanges(anyRequest().by("alice"))).hasSize(1);
            assertThat(journal.toString()).contains("GET /v2/ by alice");
        }
    }

    @Test
    void itIsBounded() {
        try (RegistryServer server = RegistryServer.builder().filter(journal).start()) {
            RegistryClient client = new RegistryClient(server.uri());
            for (int i = 0; i < 15; i++) {
                client.send("GET", "/v2/repo" + i + "/tags/list");
            }

            assertThat(journal.exchanges()).hasSize(10);
            assertThat(journal.exchanges().get(0).number()).isEqualTo(6);
            assertThat(journal.forgotten()).isEqualTo(5);
            assertThat(journal.toString()).startsWith("(5 earlier ones are left out)");
            journal.clear();
            assertThat(journal).hasToString("no requests");
        }
    }

    @Test
    void aRequestOfALaterTimeIsWaitedFor() throws Exception {
        try (RegistryServer server = RegistryServer.builder().filter(journal).start()) {
            RegistryClient client = new RegistryClient(server.uri());
            CompletableFuture<Void> later = CompletableFuture.runAsync(() -> client.send("GET", "/v2/app/tags/list"));

            assertThat(journal.await(tagsList(), LONG).status()).isEqualTo(404);
            assertThat(later).succeedsWithin(LONG);
        }
    }

    @Test
    void whatDoesNotComeIsToldWithWhatCame() {
        try (RegistryServer server = RegistryServer.builder().filter(journal).start()) {
            new RegistryClient(server.uri()).send("GET", "/v2/");

            assertThatThrownBy(() -> journal.await(tagsList().in("app"), Duration.ofMillis(20)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("No tags in app within 20 ms")
                    .hasMessageContaining("GET /v2/");
        }
    }

    @Test
    void anExchangeIsSeenWhileItGoesOn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RegistryServer server = RegistryServer.builder()
                .filter(journal)
                .filter((request, next) -> CompletableFuture.supplyAsync(() -> {
                            await(go);
                            return request;
                        })
                        .thenCompose(next::handle))
                .start()) {
            CompletableFuture<Void> asked =
                    CompletableFuture.runAsync(() -> new RegistryClient(server.uri()).send("GET", "/v2/"));

            Exchange open = journal.await("request", exchange -> true, LONG);

            assertThat(open.state()).isEqualTo(State.ASKED);
            assertThat(open.toString()).endsWith("GET /v2/ (not answered yet)");
            go.countDown();
            assertThat(asked).succeedsWithin(LONG);
            assertThat(journal.await("end", exchange -> exchange.state() == State.SENT, LONG)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatNobodyWantsIsCut() throws Exception {
        try (RegistryServer server = RegistryServer.builder().filter(journal).start()) {
            String digest = new RegistryClient(server.uri()).pushBlob("app", new byte[50_000_000]);

            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                ask(socket, "GET /v2/app/blobs/" + digest);
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                socket.setSoLinger(true, 0);
            }

            Exchange cut = journal.await("cut", exchange -> exchange.state() == State.CUT, LONG);
            assertThat(cut.sent()).isLessThan(50_000_000);
            assertThat(cut.toString()).endsWith("(cut)");
        }
    }

    @Test
    void requestsAreToldApart() {
        try (RegistryServer server = RegistryServer.builder().filter(journal).start()) {
            RegistryClient client = new RegistryClient(server.uri());
            String digest = client.pushBlob("app", new byte[1]);
            client.send("POST", "/v2/other/blobs/uploads/?mount=" + digest + "&from=app");
            client.send("HEAD", "/v2/other/blobs/" + digest);

            assertThat(journal.exchanges(mount().of(Digest.parse(digest)))).hasSize(1);
            assertThat(journal.exchanges(uploadBegin().in("other"))).hasSize(1);
            assertThat(journal.exchanges(blobHead().in("other")))
                    .singleElement()
                    .satisfies(e -> assertThat(e.succeeded()).isTrue());
            assertThat(journal.exchanges(uploadCommit().in("other"))).isEmpty();
            assertThat(mount().in("other")).hasToString("upload begin that mounts in other");
        }
    }

    private static void ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write((request + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
