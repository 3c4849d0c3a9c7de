package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.Origin;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryEvent.BlobMounted;
import dev.berth.registry.event.RegistryEvent.BlobPulled;
import dev.berth.registry.event.RegistryEvent.BlobPushed;
import dev.berth.registry.event.RegistryEvent.Collected;
import dev.berth.registry.event.RegistryEvent.ManifestDeleted;
import dev.berth.registry.event.RegistryEvent.ManifestPulled;
import dev.berth.registry.event.RegistryEvent.ManifestPushed;
import dev.berth.registry.event.RegistryEvent.TagDeleted;
import dev.berth.registry.event.RegistryEvent.TagMoved;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.BasicAuthenticator;
import dev.berth.registry.http.auth.Users;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a listener is told of what came by HTTP. */
class EventsTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final RepositoryName OTHER = new RepositoryName("other/app");
    private static final byte[] BLOB = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<RegistryEvent> told = new LinkedBlockingQueue<>();

    @Test
    void everythingIsToldInTheOrderInWhichItHappened() throws Exception {
        try (RegistryServer server = RegistryServer.start()) {
            server.events().subscribe(told::add);

            Digest blob = push(server, APP);
            String mount = "/v2/other/app/blobs/uploads/?mount=" + blob + "&from=team/app";
            assertThat(send(server, "POST", mount, new byte[0]).statusCode()).isEqualTo(201);
            send(server, "GET", "/v2/team/app/blobs/" + blob, new byte[0]);
            Digest manifest = tag(server, "1.0", "one");
            send(server, "GET", "/v2/team/app/manifests/1.0", new byte[0]);
            send(server, "DELETE", "/v2/team/app/manifests/" + manifest, new byte[0]);

            assertThat(told)
                    .extracting(RegistryEvent::getClass)
                    .extracting(Class::getSimpleName)
                    .containsExactly(
                            "BlobPushed",
                            "BlobMounted",
                            "BlobPulled",
                            "TagMoved",
                            "ManifestPushed",
                            "ManifestPulled",
                            "TagDeleted",
                            "ManifestDeleted");
            assertThat(of(BlobPushed.class).blob().digest()).isEqualTo(blob);
            assertThat(of(BlobMounted.class).repository()).isEqualTo(OTHER);
            assertThat(of(BlobMounted.class).from()).contains(APP);
            assertThat(of(BlobPulled.class).blob().size()).isEqualTo(BLOB.length);
            assertThat(of(TagMoved.class).to()).isEqualTo(manifest);
            assertThat(of(ManifestPushed.class).tags()).containsExactly(new Tag("1.0"));
            assertThat(of(ManifestPulled.class).tag()).contains(new Tag("1.0"));
            assertThat(of(TagDeleted.class).from()).isEqualTo(manifest);
            assertThat(of(ManifestDeleted.class).digest()).isEqualTo(manifest);
        }
    }

    @Test
    void whoDidItIsTold() throws Exception {
        try (RegistryServer server = RegistryServer.builder()
                .filter(new AuthFilter(new BasicAuthenticator(
                        "Registry", Users.of(Map.of("alice", "secret")), AccessPolicy.usersMayAll())))
                .start()) {
            server.events().subscribe(told::add);
            String credentials = Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.US_ASCII));

            send(
                    server,
                    "PUT",
                    "/v2/team/app/manifests/1.0",
                    index("one"),
                    "Content-Type",
                    INDEX,
                    "Authorization",
                    "Basic " + credentials,
                    "User-Agent",
                    "test/1",
                    "X-Request-Id",
                    "build-17");

            assertThat(of(ManifestPushed.class).origin())
                    .isEqualTo(new Origin(
                            Optional.of("alice"),
                            Optional.of(new Origin.Request(
                                    "build-17", "127.0.0.1", "http://" + server.address(), "PUT", "test/1"))));
        }
    }

    @Test
    void aRequestWithoutAnIdOrWithABadOneGetsOne() throws Exception {
        try (RegistryServer server = RegistryServer.start()) {
            server.events().subscribe(told::add);

            send(server, "PUT", "/v2/team/app/manifests/1.0", index("one"), "X-Request-Id", "a\"b");
            send(server, "PUT", "/v2/team/app/manifests/1.0", index("one"));

            assertThat(told)
                    .filteredOn(ManifestPushed.class::isInstance)
                    .extracting(event -> event.origin().request().orElseThrow().id())
                    .allSatisfy(id -> assertThat(id).matches("[0-9a-f-]{36}"))
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }
    }

    @Test
    void whatAProgramDoesIsToldToo() throws Exception {
        try (RegistryServer server = RegistryServer.start()) {
            push(server, APP);
            server.events().subscribe(told::add);

            server.registry().mountBlob(OTHER, Digest.of(BLOB), Optional.of(APP));

            assertThat(of(BlobMounted.class).origin()).isEqualTo(Origin.UNKNOWN);
        }
    }

    @Test
    void aCollectionIsTold() throws Exception {
        CollectionOptions atOnce = CollectionOptions.defaults().withGracePeriod(Duration.ZERO);
        try (RegistryServer server =
                RegistryServer.builder().collect(Duration.ofMillis(20), atOnce).start()) {
            server.events().subscribe(told::add);

            assertThat(told.poll(30, TimeUnit.SECONDS)).isInstanceOf(Collected.class);
        }
    }

    @Test
    void aListenerThatThrowsOrHangsFailsNoPush() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RegistryServer server = RegistryServer.start()) {
            server.events().subscribe(event -> {
                throw new IllegalStateException("broken");
            });
            server.events()
                    .subscribe(
                            event -> {
                                try {
                                    never.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            },
                            2);

            for (int i = 0; i < 20; i++) {
                push(server, APP);
                tag(server, "1.0", "number " + i);
            }
        } finally {
            never.countDown();
        }
    }

    @Test
    void eventsThatWereGivenOutliveTheServer() throws Exception {
        try (Events events = new Events()) {
            events.subscribe(told::add);
            for (int i = 0; i < 2; i++) {
                try (RegistryServer server =
                        RegistryServer.builder().events(events).start()) {
                    push(server, APP);
                }
            }

            assertThat(told).hasSize(2);
        }
    }

    private <T extends RegistryEvent> T of(Class<T> type) {
        return told.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private Digest push(RegistryServer server, RepositoryName repository) throws Exception {
        Digest digest = Digest.of(BLOB);
        String path = "/v2/" + repository + "/blobs/uploads/?digest=" + digest;
        assertThat(send(server, "POST", path, BLOB).statusCode()).isEqualTo(201);
        return digest;
    }

    private Digest tag(RegistryServer server, String tag, String content) throws Exception {
        byte[] index = index(content);
        assertThat(send(server, "PUT", "/v2/team/app/manifests/" + tag, index, "Content-Type", INDEX)
                        .statusCode())
                .isEqualTo(201);
        return Digest.of(index);
    }

    private static byte[] index(String content) {
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[],\"annotations\":{\"content\":\""
                        + content + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(RegistryServer server, String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
                .method(method, BodyPublishers.ofByteArray(body));
        List<String> all = List.of(headers);
        for (int i = 0; i < all.size(); i += 2) {
            request.header(all.get(i), all.get(i + 1));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
