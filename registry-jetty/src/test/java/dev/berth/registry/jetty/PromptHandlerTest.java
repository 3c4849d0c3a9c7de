package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.testkit.http.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptHandlerTest {

    /** More than there are threads that read from sockets. */
    private static final int CLIENTS = 8;

    private static final String MANIFEST = "/v2/app/manifests/1.0";

    private final CyclicBarrier all = new CyclicBarrier(CLIENTS);
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private volatile boolean waiting = true;
    private Listener listener;
    private RegistryClient client;

    @BeforeEach
    void serve() throws IOException {
        RegistryHandler handler = this::answer;
        listener = Listener.start(
                "127.0.0.1", 0, Optional.empty(), handler, () -> true, Duration.ofSeconds(1), Duration.ofSeconds(30));
        client = new RegistryClient(URI.create("http://" + listener.address() + "/"));
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        listener.close();
    }

    @Test
    void listsThatWaitForEachOtherAreAnswered() throws Exception {
        assertThat(statuses("GET", "/v2/_catalog")).containsOnly(200);
    }

    @Test
    void pushesThatWaitForEachOtherAreAnswered() throws Exception {
        assertThat(statuses("PUT", MANIFEST)).containsOnly(200);
    }

    @Test
    void manifestsThatHaveBeenSlowForAWhileAreAnsweredWhileTheyWaitForEachOther() throws Exception {
        waiting = false;
        for (int i = 0; i < 100; i++) {
            assertThat(client.send("GET", MANIFEST).status()).isEqualTo(200);
        }
        waiting = true;

        assertThat(statuses("GET", MANIFEST)).containsOnly(200);
    }

    private List<Integer> statuses(String method, String path) throws Exception {
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            answers.add(clients.submit(() -> client.send(method, path).status()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get(30, TimeUnit.SECONDS));
        }
        return statuses;
    }

    private CompletionStage<RegistryResponse> answer(RegistryRequest request) {
        if (!waiting) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            return CompletableFuture.completedFuture(RegistryResponse.of(200));
        }
        try {
            all.await(10, TimeUnit.SECONDS);
            return CompletableFuture.completedFuture(RegistryResponse.of(200));
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
