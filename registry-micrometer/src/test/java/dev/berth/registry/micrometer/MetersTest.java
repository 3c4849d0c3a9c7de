package dev.berth.registry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.event.Origin;
import dev.berth.registry.event.RegistryEvent.Collected;
import dev.berth.registry.event.Subscription;
import dev.berth.registry.event.webhook.Webhooks;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.storage.file.FileStorage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetersTest {

    private static final byte[] BLOB = "hello".getBytes(StandardCharsets.UTF_8);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RegistryMeters registryMeters = new RegistryMeters(meters);

    @Test
    void requestsAreTimedByEndpointAndStatus() throws Exception {
        try (RegistryServer server =
                RegistryServer.builder().filter(new RequestMeters(meters)).start()) {
            HttpClient client = HttpClient.newHttpClient();
            client.send(
                    HttpRequest.newBuilder(server.uri().resolve("v2/team/app/blobs/uploads/?digest=" + Digest.of(BLOB)))
                            .POST(BodyPublishers.ofByteArray(BLOB))
                            .build(),
                    BodyHandlers.discarding());
            for (String path : new String[] {"v2/team/app/blobs/" + Digest.of(BLOB), "v2/no/such/thing"}) {
                client.send(HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.discarding());
            }
        }

        // The server has been closed, and so all of them have come to their end.
        assertThat(meters.get("registry.requests")
                        .tag("endpoint", "upload_begin")
                        .tag("status", "201")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("registry.requests")
                        .tag("endpoint", "other")
                        .tag("status", "404")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("registry.requests")
                        .tag("endpoint", "blob_get")
                        .timer()
                        .totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(meters.get("registry.received")
                        .tag("endpoint", "upload_begin")
                        .counter()
                        .count())
                .isEqualTo(5);
        assertThat(meters.get("registry.sent")
                        .tag("endpoint", "blob_get")
                        .counter()
                        .count())
                .isEqualTo(5);
        assertThat(meters.get("registry.requests.active").gauge().value()).isZero();
    }

    @Test
    void collectionsAreCounted() throws Exception {
        try (RegistryServer server = RegistryServer.start()) {
            Subscription subscription = registryMeters.collections(server.events());

            server.events().publish(new Collected(Instant.now(), Origin.UNKNOWN, 1, 2, 3, 1000, Duration.ofSeconds(4)));
            subscription.close();
            assertThat(subscription.awaitEnd(Duration.ofSeconds(30))).isTrue();
        }

        assertThat(meters.get("registry.collections").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(4);
        assertThat(meters.get("registry.collections.removed")
                        .tag("kind", "blob")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("registry.collections.freed").counter().count()).isEqualTo(1000);
    }

    @Test
    void theRestIsLookedAtWhenItIsRead(@TempDir Path directory) throws Exception {
        try (FileStorage storage = FileStorage.open(directory);
                RegistryServer server = RegistryServer.builder()
                        .registry(new StoredRegistry(storage))
                        .webhooks(Webhooks.to(URI.create("http://127.0.0.1:9/nobody")))
                        .start()) {
            registryMeters.storage(new StoredRegistry(storage));
            registryMeters.webhooks(server.webhooks().orElseThrow());
            registryMeters.health(server.health());

            assertThat(meters.get("registry.storage.usable").gauge().value()).isPositive();
            assertThat(meters.get("registry.cache.hits").functionCounter().count())
                    .isZero();
            assertThat(meters.get("registry.webhooks.queued")
                            .tag("endpoint", "127.0.0.1")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(meters.get("registry.up").gauge().value()).isEqualTo(1);
        }
    }
}
