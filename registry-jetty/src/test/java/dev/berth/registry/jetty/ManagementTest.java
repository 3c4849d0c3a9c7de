package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.event.webhook.Webhooks;
import dev.berth.registry.health.HealthCheck;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.BasicAuthenticator;
import dev.berth.registry.http.auth.Users;
import dev.berth.registry.layer.FreezableRegistry;
import dev.berth.registry.layer.ReadOnlyRegistry;
import dev.berth.registry.storage.file.Durability;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those see who look after a server. */
class ManagementTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"livez", "readyz", "healthz", "readyz?verbose"})
    void aServerSaysThatItIsWellToWhoeverAsks(String path) throws Exception {
        try (RegistryServer server = RegistryServer.builder()
                .filter(new AuthFilter(
                        new BasicAuthenticator("Registry", Users.of(Map.of()), AccessPolicy.usersMayAll())))
                .start()) {
            HttpResponse<String> answer = get(server.uri().resolve(path));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok\n");
            assertThat(get(server.uri().resolve("v2/")).statusCode()).isEqualTo(401);
            assertThat(server.managementUri()).isEmpty();
        }
    }

    @Test
    void aPortOfItsOwnTakesThemAway() throws Exception {
        try (RegistryServer server = RegistryServer.builder().management(0).start()) {
            URI management = server.managementUri().orElseThrow();

            assertThat(get(server.uri().resolve("readyz")).statusCode()).isEqualTo(404);
            assertThat(get(management.resolve("livez")).body()).isEqualTo("ok\n");
            assertThat(get(management.resolve("readyz")).body())
                    .isEqualTo(
                            "{\"status\":\"up\",\"readOnly\":false,\"checks\":{\"storage\":\"ok\",\"space\":\"ok\"}}");
            assertThat(get(management.resolve("debug/health")).body()).isEqualTo("{}");
            assertThat(get(management.resolve("metrics")).statusCode()).isEqualTo(404);
            assertThat(get(management.resolve("v2/")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aStorageThatCannotBeWrittenIsTold() throws Exception {
        try (RegistryServer server = RegistryServer.builder()
                .directory(directory, Durability.FAST)
                .health(Duration.ZERO, 1)
                .management(0)
                .start()) {
            URI management = server.managementUri().orElseThrow();
            assertThat(get(management.resolve("readyz")).statusCode()).isEqualTo(200);
            Path staging = directory.resolve("docker/registry/_staging");
            empty(staging);
            Files.writeString(staging, "in the way");

            HttpResponse<String> ready = get(management.resolve("readyz"));
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("\"status\":\"down\"", "Nothing can be written in", "_staging");
            HttpResponse<String> debug = get(management.resolve("debug/health"));
            assertThat(debug.statusCode()).isEqualTo(503);
            assertThat(debug.body()).startsWith("{\"storage\":\"Nothing can be written");
            assertThat(get(management.resolve("livez")).statusCode()).isEqualTo(200);
            assertThat(server.health().report().isUp()).isFalse();
            assertThat(get(server.uri().resolve("v2/")).statusCode())
                    .as("pulls go on")
                    .isEqualTo(200);

            Files.delete(staging);
            assertThat(get(management.resolve("readyz")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void strangersAreToldNoReasons() throws Exception {
        try (RegistryServer server = RegistryServer.builder()
                .healthCheck(new HealthCheck("secret", () -> {
                    throw new IOException("a secret");
                }))
                .start()) {
            HttpResponse<String> answer = get(server.uri().resolve("readyz"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("not ready\n");
        }
    }

    @Test
    void aRegistryThatIsReadOnlyIsReadyAndSaysSo() throws Exception {
        Files.createDirectories(directory.resolve("docker/registry"));
        Files.writeString(directory.resolve("docker/registry/_staging"), "nothing can be written here");
        try (RegistryServer server = RegistryServer.builder()
                .directory(directory, Durability.FAST)
                .layer(ReadOnlyRegistry::new)
                .management(0)
                .start()) {
            assertThat(get(server.managementUri().orElseThrow().resolve("readyz"))
                            .body())
                    .startsWith("{\"status\":\"up\",\"readOnly\":true");
        }
    }

    @Test
    void maintenanceIsSeen() {
        FreezableRegistry[] layer = new FreezableRegistry[1];
        try (RegistryServer server = RegistryServer.builder()
                .layer(next -> layer[0] = new FreezableRegistry(next))
                .start()) {
            assertThat(server.health().report().readOnly()).isFalse();

            layer[0].freeze();

            assertThat(server.health().report().readOnly()).isTrue();
            assertThat(server.health().report().isUp()).isTrue();
        }
    }

    @Test
    void requestsAreCounted() throws Exception {
        byte[] blob = "hello".getBytes(StandardCharsets.UTF_8);
        try (RegistryServer server = RegistryServer.builder()
                .directory(directory, Durability.FAST)
                .webhooks(Webhooks.to(URI.create("http://127.0.0.1:9/nobody")))
                .management(0)
                .metrics("/metrics")
                .start()) {
            String push = "v2/team/app/blobs/uploads/?digest=" + Digest.of(blob);
            client.send(
                    HttpRequest.newBuilder(server.uri().resolve(push))
                            .POST(BodyPublishers.ofByteArray(blob))
                            .build(),
                    BodyHandlers.discarding());
            get(server.uri().resolve("v2/team/app/blobs/" + Digest.of(blob)));
            get(server.uri().resolve("v2/team/app/manifests/missing"));
            get(server.uri().resolve("v2/made/up/by/a/client"));
            client.send(
                    HttpRequest.newBuilder(server.uri().resolve("v2/"))
                            .method("MADEUP", BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.discarding());

            String metrics = untilContains(server, "handler=\"other\",method=\"other\"");

            assertThat(metrics.lines())
                    .contains(
                            "registry_http_requests_total{handler=\"blob_upload\",method=\"post\",code=\"201\"} 1",
                            "registry_http_requests_total{handler=\"blob\",method=\"get\",code=\"200\"} 1",
                            "registry_http_requests_total{handler=\"manifest\",method=\"get\",code=\"404\"} 1",
                            "registry_http_requests_total{handler=\"other\",method=\"get\",code=\"404\"} 1",
                            "registry_http_requests_total{handler=\"other\",method=\"other\",code=\"405\"} 1",
                            "registry_http_request_size_bytes_sum{handler=\"blob_upload\",method=\"post\"} 5",
                            "registry_http_response_size_bytes_sum{handler=\"blob\",method=\"get\"} 5",
                            "registry_http_request_duration_seconds_count{handler=\"blob\",method=\"get\"} 1",
                            "registry_http_in_flight_requests{handler=\"blob\"} 0",
                            "registry_collections_total 0",
                            "registry_storage_cache_requests_total 0",
                            "registry_notifications_events_total{endpoint=\"127.0.0.1\",type=\"Successes\"} 0");
            assertThat(metrics).contains("registry_storage_usable_bytes ", "registry_notifications_oldest_seconds{");
            assertThat(metrics).doesNotContain("team", "made");
            assertThat(untilContains(server, "registry_storage_content_bytes").lines())
                    .contains("registry_storage_blobs 1", "registry_storage_content_bytes 5");
        }
    }

    @Test
    void metricsAreNotForEverybody() {
        assertThatThrownBy(() -> RegistryServer.builder().metrics("/metrics").start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("management(port)");
        assertThatThrownBy(() -> RegistryServer.builder().metrics("metrics"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** An exchange is counted when its last byte has gone out, which is a moment before or after its client has it. */
    private String untilContains(RegistryServer server, String text) throws Exception {
        URI uri = server.managementUri().orElseThrow().resolve("metrics");
        for (int i = 0; i < 1000; i++) {
            HttpResponse<String> answer = get(uri);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            if (answer.body().contains(text)) {
                return answer.body();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("There is no " + text);
    }

    private static void empty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
