package dev.berth.registry.event.webhook;

import static dev.berth.registry.layer.Content.manifest;
import static dev.berth.registry.layer.Content.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.Origin;
import dev.berth.registry.event.webhook.Receiver.Received;
import dev.berth.registry.layer.Content;
import dev.berth.registry.layer.NotifyingRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksTest {

    private static final RepositoryName NAME = new RepositoryName("team/app");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Origin ORIGIN = new Origin(
            Optional.of("alice"),
            Optional.of(new Origin.Request("17", "10.1.2.3", "https://registry.example", "PUT", "docker/1 \"x\"")));

    private final Events events = new Events();
    private final NotifyingRegistry notifying =
            new NotifyingRegistry(new StoredRegistry(new MemoryStorage()), events, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Registry registry = notifying.onBehalfOf(ORIGIN);
    private Receiver receiver;

    @TempDir
    Path directory;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
        events.close();
    }

    @Test
    void aPushIsToldAsDockersRegistryTellsIt() throws Exception {
        Manifest manifest = manifest("one");
        try (Webhooks webhooks =
                Webhooks.to(receiver.url()).source("registry:5000").start(events)) {
            registry.putManifest(NAME, manifest, List.of(new Tag("1.0")));

            Received received = receiver.next();
            assertThat(received.type()).isEqualTo("application/vnd.docker.distribution.events.v1+json");
            assertThat(received.body())
                    .isEqualTo("{\"events\":[{\"id\":\"" + received.id()
                            + "\",\"timestamp\":\"2026-01-01T00:00:00.123Z\",\"action\":\"push\",\"target\":{"
                            + "\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"size\":"
                            + manifest.descriptor().size() + ",\"digest\":\"" + manifest.digest()
                            + "\",\"length\":" + manifest.descriptor().size()
                            + ",\"repository\":\"team/app\",\"url\":\"https://registry.example/v2/team/app/manifests/"
                            + manifest.digest()
                            + "\",\"tag\":\"1.0\"},\"request\":{\"id\":\"17\",\"addr\":\"10.1.2.3\","
                            + "\"host\":\"registry.example\",\"method\":\"PUT\",\"useragent\":\"docker/1 \\\"x\\\"\"},"
                            + "\"actor\":{\"name\":\"alice\"},\"source\":{\"addr\":\"registry:5000\",\"instanceID\":\""
                            + instance(received) + "\"}}]}");
            assertThat(webhooks.awaitDelivery(LONG)).isTrue();
            assertThat(webhooks.status()).containsExactly(new WebhookStatus("127.0.0.1", 0, 1, 0, 0, Optional.empty()));
        }
    }

    @Test
    void everythingElseIsToldToo() throws Exception {
        try (Webhooks webhooks = Webhooks.to(receiver.url()).start(events)) {
            RepositoryName other = new RepositoryName("other");
            Digest blob = push(registry, NAME, "hello");
            registry.mountBlob(other, blob, Optional.of(NAME));
            registry.blob(other, blob).orElseThrow().open().close();
            registry.deleteBlob(other, blob);
            registry.putManifest(NAME, manifest("one"), List.of(new Tag("a"), new Tag("b")));
            registry.putManifest(NAME, manifest("two"), List.of());
            registry.manifest(NAME, new Tag("a"));
            registry.deleteManifest(NAME, manifest("one").digest());

            assertThat(receiver.next(11))
                    .extracting(WebhooksTest::inShort)
                    .containsExactly(
                            "push blob",
                            "mount blob from team/app",
                            "pull blob",
                            "delete digest",
                            "push manifest a",
                            "push manifest b",
                            "push manifest",
                            "pull manifest a",
                            "delete a",
                            "delete b",
                            "delete digest");
        }
    }

    @Test
    void referencesAreToldWhereAsked() throws Exception {
        Digest blob = push(registry, NAME, "hello");
        Manifest image =
                Content.parse("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"size\":5,\"digest\":\""
                        + blob
                        + "\"},\"layers\":[]}");
        try (Webhooks webhooks = Webhooks.to(receiver.url()).includeReferences().start(events)) {
            registry.putManifest(NAME, image, List.of());

            assertThat(receiver.next().body())
                    .contains(
                            "\"references\":[{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"size\":5,\"digest\":\""
                                    + blob + "\"}]");
        }
    }

    @Test
    void whatIsIgnoredIsNotTold() throws Exception {
        WebhookEndpoint endpoint = WebhookEndpoint.to(receiver.url())
                .ignoring(WebhookAction.PULL)
                .ignoringMediaTypes("Application/Octet-Stream");
        try (Webhooks webhooks = Webhooks.builder().endpoint(endpoint).start(events)) {
            push(registry, NAME, "hello");
            registry.putManifest(NAME, manifest("one"), List.of());
            registry.manifest(NAME, manifest("one").digest());
            registry.deleteManifest(NAME, manifest("one").digest());

            assertThat(receiver.next(2))
                    .extracting(WebhooksTest::inShort)
                    .containsExactly("push manifest", "delete digest");
        }
    }

    @Test
    void oneThatIsDownIsToldEverythingInOrderWhenItIsBack() throws Exception {
        receiver.answer(500);
        try (Webhooks webhooks = start(WebhookEndpoint.to(receiver.url()))) {
            pushMany(50);
            String id = receiver.nextRefused().id();
            assertThat(receiver.nextRefused().id()).isEqualTo(id);

            receiver.answer(200);

            List<Received> all = receiver.next(50);
            assertThat(all.get(0).id()).isEqualTo(id);
            assertThat(all).extracting(WebhooksTest::tag).containsExactlyElementsOf(tags(50));
            assertThat(webhooks.awaitDelivery(LONG)).isTrue();
            assertThat(webhooks.status().get(0).failed()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void oneThatCannotBeReachedIsTriedAgain() throws Exception {
        int port = receiver.port();
        receiver.close();
        try (Webhooks webhooks = start(WebhookEndpoint.to(URI.create("http://127.0.0.1:" + port)))) {
            pushMany(3);
            while (webhooks.status().get(0).failed() < 3) {
                Thread.onSpinWait();
            }

            receiver = new Receiver(port);

            assertThat(receiver.next(3)).extracting(WebhooksTest::tag).containsExactlyElementsOf(tags(3));
        }
    }

    @Test
    void oneThatHangsHoldsUpNoPushAndNoOther() throws Exception {
        receiver.hold();
        try (Receiver other = new Receiver();
                Webhooks webhooks = Webhooks.builder()
                        .endpoint(WebhookEndpoint.to(receiver.url())
                                .named("hangs")
                                .withTimeout(LONG))
                        .endpoint(WebhookEndpoint.to(other.url()).named("answers"))
                        .start(events)) {
            pushMany(200);

            assertThat(other.next(200)).extracting(WebhooksTest::tag).containsExactlyElementsOf(tags(200));
            assertThat(receiver.hasNothing()).isTrue();
            WebhookStatus hangs = webhooks.status().get(0);
            assertThat(hangs.queued()).isEqualTo(200);
            assertThat(hangs.oldest()).contains(NOW);
            receiver.letGo();
            assertThat(receiver.next(200)).hasSize(200);
        }
    }

    @Test
    void oneThatDoesNotAnswerInTimeIsTriedAgain() throws Exception {
        receiver.hold();
        WebhookEndpoint endpoint = WebhookEndpoint.to(receiver.url()).withTimeout(Duration.ofMillis(50));
        try (Webhooks webhooks = start(endpoint)) {
            pushMany(1);
            while (webhooks.status().get(0).failed() < 2) {
                Thread.onSpinWait();
            }
            receiver.letGo();

            assertThat(tag(receiver.next())).isEqualTo("t0");
        }
    }

    @Test
    void whatWaitsSurvivesARestart() throws Exception {
        receiver.answer(503);
        try (Webhooks first = start(WebhookEndpoint.to(receiver.url()))) {
            pushMany(20);
            receiver.nextRefused();
        }
        receiver.answer(200);

        try (Webhooks second = start(WebhookEndpoint.to(receiver.url()))) {
            assertThat(receiver.next(20)).extracting(WebhooksTest::tag).containsExactlyElementsOf(tags(20));
            assertThat(second.awaitDelivery(LONG)).isTrue();
        }
        try (Webhooks third = start(WebhookEndpoint.to(receiver.url()))) {
            assertThat(third.status().get(0).queued()).isZero();
        }
        assertThat(receiver.hasNothing()).isTrue();
    }

    @Test
    void aDirectoryIsForOneAtATime() {
        try (Webhooks first = start(WebhookEndpoint.to(receiver.url()))) {
            assertThatThrownBy(() -> start(WebhookEndpoint.to(receiver.url())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("directory of its own");
        }
    }

    @Test
    void passwordsInTheUrlAreSentAndNotShown() throws Exception {
        URI url = URI.create("http://user:secret@127.0.0.1:" + receiver.port() + "/token");
        WebhookEndpoint endpoint = WebhookEndpoint.to(url);
        try (Webhooks webhooks = Webhooks.builder().endpoint(endpoint).start(events)) {
            pushMany(1);

            assertThat(receiver.next().authorization()).isEqualTo("Basic dXNlcjpzZWNyZXQ=");
            assertThat(endpoint.toString()).isEqualTo("127.0.0.1 at http://127.0.0.1:" + receiver.port());
        }
    }

    @Test
    void nonsenseIsRefusedWithoutSayingSecrets() {
        WebhookEndpoint endpoint = WebhookEndpoint.to(receiver.url());
        assertThatThrownBy(() -> endpoint.withHeader("Authorization", "sec\nret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header field number 1")
                .hasMessageNotContaining("sec");
        assertThatThrownBy(() -> endpoint.withHeader("Host", "secret")).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> WebhookEndpoint.to(URI.create("ftp://x"))).hasMessageContaining("http://");
        assertThatThrownBy(() -> endpoint.named("../up")).hasMessageContaining("letters, digits");
        assertThatThrownBy(() -> Webhooks.builder().endpoint(endpoint).endpoint(endpoint))
                .hasMessageContaining("a name of its own");
    }

    private Webhooks start(WebhookEndpoint endpoint) {
        return Webhooks.builder()
                .endpoint(endpoint.withBackoff(1_000_000, SOON))
                .directory(directory)
                .start(events);
    }

    private void pushMany(int count) throws IOException {
        for (String tag : tags(count)) {
            registry.putManifest(NAME, manifest(tag), List.of(new Tag(tag)));
        }
    }

    private static List<String> tags(int count) {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tags.add("t" + i);
        }
        return tags;
    }

    private static String tag(Received received) {
        return field(received.body(), "tag");
    }

    private static String instance(Received received) {
        return field(received.body(), "instanceID");
    }

    private static String field(String json, String name) {
        String begin = "\"" + name + "\":\"";
        int at = json.indexOf(begin);
        return at < 0 ? "" : json.substring(at + begin.length(), json.indexOf('"', at + begin.length()));
    }

    private static String inShort(Received received) {
        String body = received.body();
        String what = field(body, "url").replaceAll(".*/(manifest|blob)s/.*", " $1");
        String from = field(body, "fromRepository");
        String tag = field(body, "tag");
        boolean digest = what.isEmpty() && !field(body, "digest").isEmpty();
        return field(body, "action")
                + what
                + (digest ? " digest" : "")
                + (from.isEmpty() ? "" : " from " + from)
                + (tag.isEmpty() ? "" : " " + tag);
    }
}
