package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.event.webhook.Webhooks;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.layer.ReadOnlyRegistry;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.memory.MemoryStorage;
import dev.berth.registry.testkit.http.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryServerTest {

    private static final byte[] BLOB = "content".getBytes(StandardCharsets.UTF_8);

    @Test
    void itHasAnAddressForEachWhoWantsToReachIt() {
        try (RegistryServer server = RegistryServer.builder().host("0.0.0.0").start()) {
            assertThat(server.address()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(server.address(ReachedFrom.DOCKER)).isEqualTo("host.docker.internal:" + server.port());
            assertThat(server.address(ReachedFrom.PODMAN)).isEqualTo("host.containers.internal:" + server.port());
            assertThat(server.address(ReachedFrom.TESTCONTAINERS))
                    .isEqualTo("host.testcontainers.internal:" + server.port());
        }
    }

    @Test
    void aServerThatHasStartedAnswers() {
        try (RegistryServer server = RegistryServer.start()) {
            assertThat(server.uri()).hasHost("127.0.0.1").hasPort(server.port());
            assertThat(server.address()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(server.isRunning()).isTrue();
            assertThat(new RegistryClient(server.uri()).send("GET", "/v2/").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theServedRegistryIsTheSameWithoutHttp() throws Exception {
        try (RegistryServer server = RegistryServer.start()) {
            String digest = new RegistryClient(server.uri()).pushBlob("app", BLOB);

            assertThat(server.registry().blob(new RepositoryName("app"), Digest.parse(digest)))
                    .isPresent();
        }
    }

    @Test
    void garbageIsRemovedWhileItServes() throws Exception {
        CollectionOptions atOnce = CollectionOptions.defaults().withGracePeriod(Duration.ZERO);
        try (RegistryServer server =
                RegistryServer.builder().collect(Duration.ofMillis(20), atOnce).start()) {
            Digest digest = Digest.parse(new RegistryClient(server.uri()).pushBlob("app", BLOB));

            // Each look lets it live a little longer, as it would for a client.
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (server.registry().blob(new RepositoryName("app"), digest).isPresent() && System.nanoTime() < end) {
                Thread.sleep(100);
            }

            assertThat(server.registry().blob(new RepositoryName("app"), digest))
                    .isEmpty();
        }
        assertThatThrownBy(() -> RegistryServer.builder().collect(Duration.ZERO, atOnce))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingTwiceIsFine() {
        RegistryServer server = RegistryServer.start();

        server.close();
        server.close();

        assertThat(server.isRunning()).isFalse();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            RegistryServer.builder().port(taken.getLocalPort()).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(BindException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aFailedStartLeavesNothingBehind() throws Exception {
        long threads = berthThreads();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> RegistryServer.builder()
                                .port(taken.getLocalPort())
                                .start())
                        .isInstanceOf(UncheckedIOException.class);
            }
        }
        assertThat(berthThreads()).isEqualTo(threads);
    }

    @Test
    void whatBeganBeforeAStartFailedHasEnded(@TempDir Path directory) throws Exception {
        RegistryServer.Builder builder = RegistryServer.builder()
                .directory(directory.resolve("data"))
                .webhooks(Webhooks.to(URI.create("http://127.0.0.1:9")).directory(directory.resolve("hooks")))
                .collect(Duration.ofHours(1), CollectionOptions.defaults())
                .management(0);
        long threads = berthThreads();

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> builder.port(taken.getLocalPort()).start())
                    .isInstanceOf(UncheckedIOException.class);
        }

        assertThat(berthThreads()).isEqualTo(threads);
        builder.port(0).start().close();
    }

    @Test
    void whateverGoesWrongAtTheStartLeavesNothingLocked(@TempDir Path directory) {
        RegistryServer.Builder failing = RegistryServer.builder()
                .directory(directory)
                .layer(next -> {
                    throw new LinkageError("a class of the layer's is missing");
                });

        assertThatThrownBy(failing::start).isInstanceOf(LinkageError.class);

        RegistryServer.builder().directory(directory).start().close();
    }

    @Test
    void aPortIsFreeAgainAtOnce() {
        RegistryServer first = RegistryServer.start();
        new RegistryClient(first.uri()).send("GET", "/v2/");
        first.close();

        try (RegistryServer second = RegistryServer.builder().port(first.port()).start()) {
            assertThat(new RegistryClient(second.uri()).send("GET", "/v2/").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aDirectoryOutlivesTheServer(@TempDir Path directory) {
        String digest;
        try (RegistryServer server =
                RegistryServer.builder().directory(directory).start()) {
            digest = new RegistryClient(server.uri()).pushBlob("app", BLOB);
        }
        try (RegistryServer server =
                RegistryServer.builder().directory(directory).start()) {
            assertThat(new RegistryClient(server.uri())
                            .send("GET", "/v2/app/blobs/" + digest)
                            .body())
                    .isEqualTo(BLOB);
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamed(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        assertThatThrownBy(() -> RegistryServer.builder().directory(file).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aStorageOfTheCallersStaysOpen() throws Exception {
        Storage storage = new MemoryStorage();
        RegistryServer server = RegistryServer.builder().storage(storage).start();
        server.close();

        storage.blobs().put(Digest.of(BLOB), ByteBuffer.wrap(BLOB));
        assertThat(storage.blobs().size(Digest.of(BLOB))).hasValue(BLOB.length);
        storage.close();
    }

    @Test
    void layersAndFiltersStandInFront() {
        try (RegistryServer server = RegistryServer.builder()
                .layer(ReadOnlyRegistry::new)
                .filter((request, next) -> next.handle(request).thenApply(r -> r.with("X-Filter", "seen")))
                .start()) {
            RegistryClient client = new RegistryClient(server.uri());

            RegistryClient.Answer refused = client.send("POST", "/v2/app/blobs/uploads/");

            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.text()).contains("UNSUPPORTED").contains("read-only");
            assertThat(refused.header("X-Filter")).isEqualTo("seen");
        }
    }

    @Test
    void whatIsInFlightComesToItsEnd() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<RegistryResponse> answer = new CompletableFuture<>();
        RegistryServer server = RegistryServer.builder()
                .filter((request, next) -> {
                    arrived.countDown();
                    return answer;
                })
                .start();
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
                () -> new RegistryClient(server.uri()).send("GET", "/v2/").status());
        arrived.await();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
        Thread.sleep(50);
        assertThat(closed).isNotDone();
        answer.complete(RegistryResponse.of(200));

        assertThat(status.get()).isEqualTo(200);
        closed.get();
    }

    @Test
    void whatDoesNotEndInTimeIsCutOff() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        RegistryServer server = RegistryServer.builder()
                .stopTimeout(Duration.ofMillis(100))
                .filter((request, next) -> {
                    arrived.countDown();
                    return new CompletableFuture<>();
                })
                .start();
        CompletableFuture<Void> request =
                CompletableFuture.runAsync(() -> new RegistryClient(server.uri()).send("GET", "/v2/"));
        arrived.await();

        server.close();

        assertThat(request).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void twoHundredServersLeaveNoThread() {
        long threads = berthThreads();
        for (int i = 0; i < 200; i++) {
            try (RegistryServer server = RegistryServer.start()) {
                assertThat(server.isRunning()).isTrue();
            }
        }
        assertThat(berthThreads()).isEqualTo(threads);
    }

    @Test
    void aRegistryIsServedWhateverItIs() throws Exception {
        try (RegistryServer first = RegistryServer.start();
                RegistryServer second =
                        RegistryServer.builder().registry(first.registry()).start()) {
            String digest = new RegistryClient(first.uri()).pushBlob("app", BLOB);

            assertThat(second.registry().blob(new RepositoryName("app"), Digest.parse(digest)))
                    .isPresent();
            assertThat(second.registry()
                            .beginUpload(new RepositoryName("app"), DigestAlgorithm.SHA256)
                            .size())
                    .isZero();
        }
    }

    @Test
    void nonsenseIsRefusedWhenItIsSaid() {
        RegistryServer.Builder builder = RegistryServer.builder();

        assertThatThrownBy(() -> builder.port(70_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.stopTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Optional.of(builder.port(0))).isPresent();
    }

    private static long berthThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("berth"))
                .count();
    }
}
