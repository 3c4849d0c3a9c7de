package dev.berth.registry.junit5.assertj;

import static dev.berth.registry.http.RequestMatch.blobGet;
import static dev.berth.registry.http.RequestMatch.manifestGet;
import static dev.berth.registry.http.RequestMatch.manifestPut;
import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Exchange;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.image.Image;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.RegistryExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each assertion holds where it should, and says what there was where it does not. */
@RegistryExtension
class RegistryAssertionsTest {

    private static final Digest OTHER = Digest.parse("sha256:" + "0".repeat(64));
    private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);

    private final Image image = Image.builder()
            .file("/app/run", "echo hello")
            .layer(layer -> layer.file("/etc/motd", "hi"))
            .entrypoint("/app/run", "-v")
            .cmd("now")
            .env("HOME", "/root")
            .label("team", "demo")
            .user("app")
            .workdir("/app")
            .exposedPort(8080)
            .annotation("a", "b")
            .platform("linux/arm64")
            .build();

    private RegistryServer server;
    private Registry registry;
    private Journal journal;
    private Faults faults;

    @BeforeEach
    void push(RegistryServer newServer, Registry newRegistry, Journal newJournal, Faults newFaults) throws Exception {
        server = newServer;
        registry = newRegistry;
        journal = newJournal;
        faults = newFaults;
        image.pushTo(registry, "team/app", "1.0", "latest");
    }

    @Test
    void onARegistry() {
        assertThat(server).hasExactlyRepositories("team/app");

        fails(() -> assertThat(server).isEmpty(), "repositories [] and no others, but it has [team/app]");
        fails(() -> assertThat(registry).hasExactlyRepositories("b", "a"), "[a, b]");
    }

    @Test
    void onARepository() {
        Digest layer = image.layers().get(0).digest();
        assertThat(registry)
                .repository("team/app")
                .exists()
                .hasExactlyTags("latest", "1.0")
                .hasNoTag("2.0")
                .hasManifest(image.digest())
                .hasBlob(layer)
                .hasNoBlob(OTHER)
                .hasTag("1.0")
                .pointingTo(image.digest())
                .pointingTo(image)
                .and()
                .hasTag("latest");
        assertThat(registry).repository("team/none").doesNotExist();

        RepositoryAssert app = assertThat(registry).repository("team/app");
        fails(() -> app.hasTag("2.0"), "to have the tag 2.0, but it has: [1.0, latest]");
        fails(() -> assertThat(registry).repository("team/none").hasTag("1.0"), "Repositories there are: [team/app]");
        fails(() -> assertThat(registry).repository("team/none").exists(), "there are: [team/app]");
        fails(app::doesNotExist, "with the tags [1.0, latest]");
        fails(() -> app.hasNoTag("1.0"), "it points to " + image.digest());
        fails(() -> app.hasExactlyTags("1.0"), "but it has: [1.0, latest]");
        fails(() -> app.hasManifest(OTHER), "but it has not");
        fails(() -> app.hasBlob(OTHER), "but it has not");
        fails(() -> app.hasNoBlob(layer), "but it has");
        fails(() -> app.hasTag("1.0").pointingTo(OTHER), "but it points to");
    }

    @Test
    void onAnImage() {
        ImageAssert pulled =
                assertThat(registry).repository("team/app").hasTag("1.0").image();
        pulled.hasLayers(2)
                .hasDigest(image.digest())
                .hasMediaType("application/vnd.oci.image.manifest.v1+json")
                .hasLabel("team", "demo")
                .hasEnv("HOME", "/root")
                .hasAnnotation("a", "b")
                .hasEntrypoint("/app/run", "-v")
                .hasCmd("now")
                .hasUser("app")
                .hasWorkdir("/app")
                .hasExposedPorts("8080/tcp")
                .hasPlatform("linux/arm64")
                .containsFile("/app/run")
                .containsFile("/etc/motd", "hi")
                .doesNotContainFile("/etc/passwd");

        fails(() -> pulled.hasLayers(3), "Expecting 3 layers, but there are 2:");
        fails(() -> pulled.hasDigest(OTHER), image.digest().toString());
        fails(() -> pulled.hasMediaType("x"), "the media type");
        fails(() -> pulled.hasLabel("team", "other"), "{team=demo}");
        fails(() -> pulled.hasEnv("PATH", "/"), "{HOME=/root}");
        fails(() -> pulled.hasAnnotation("c", "d"), "{a=b}");
        fails(() -> pulled.hasEntrypoint("/app/run"), "[/app/run, -v]");
        fails(() -> pulled.hasCmd(), "[now]");
        fails(() -> pulled.hasUser("root"), "app");
        fails(() -> pulled.hasWorkdir("/"), "/app");
        fails(() -> pulled.hasExposedPorts(), "[8080/tcp]");
        fails(() -> pulled.hasPlatform("linux/amd64"), "linux/arm64");
        fails(() -> pulled.hasPlatforms("linux/arm64"), "the platforms");
        fails(() -> pulled.refersTo(OTHER), "nothing");
        fails(() -> pulled.containsFile("/etc/passwd"), "In /etc there is: ");
        fails(() -> pulled.containsFile("/no/such/file"), "In / there is: ");
        fails(() -> pulled.containsFile("/etc/motd", "ho"), "hi");
        fails(() -> pulled.doesNotContainFile("/etc/motd"), "but there is one");
        fails(() -> pulled.hasLayers(3), "[team/app:1.0]");
    }

    @Test
    void onAnImageThatIsBuiltUponAnother() {
        Image upon = Image.builder().from(image).file("/more", "").build();

        assertThat(upon).isBuiltUpon(image).hasLayers(3);
        fails(() -> assertThat(image).isBuiltUpon(upon), "begin with");
    }

    @Test
    void onAnIndex() {
        Image amd = Image.builder().platform("linux/amd64").file("/a", "amd").build();
        Image index = Image.index().add(amd).add(image).build();

        assertThat(index).hasPlatforms("linux/arm64", "linux/amd64");
        assertThat(index).forPlatform("linux/amd64").containsFile("/a", "amd");
        fails(() -> assertThat(index).hasPlatforms("linux/amd64"), "[linux/amd64, linux/arm64]");
    }

    @Test
    void onAJournal() throws Exception {
        String digest = Digest.of(BLOB).toString();
        HttpResponse<byte[]> begun = send("POST", "/v2/team/app/blobs/uploads/", new byte[0]);
        send("PUT", begun.headers().firstValue("Location").orElseThrow() + "?digest=" + digest, BLOB);
        send("POST", "/v2/other/blobs/uploads/?from=team/app&mount=" + digest, new byte[0]);
        send("GET", "/v2/team/app/blobs/" + digest, new byte[0]);
        send("GET", "/v2/team/app/manifests/1.0", new byte[0]);

        assertThat(journal)
                .pulled("team/app", "1.0")
                .pulledBlobOnce(Digest.parse(digest))
                .pulledNoBlobTwice()
                .mounted("other", Digest.parse(digest))
                .uploadedBlobs(1)
                .didNotPushTo("team/app")
                .sentNoRequestTo(manifestPut())
                .sentRequests(1, blobGet())
                .allExchanges("anonymous", exchange -> exchange.caller().isAnonymous());

        fails(
                () -> assertThat(journal).pushed("team/app", "1.0"),
                "there were 0 that worked",
                "GET /v2/team/app/manifests/1.0");
        fails(() -> assertThat(journal).pulled("team/app", "2.0"), "a pull of team/app:2.0");
        fails(() -> assertThat(journal).pulledBlobOnce(OTHER), "but there were 0");
        fails(() -> assertThat(journal).mounted("team/app", OTHER), "but there was none");
        fails(() -> assertThat(journal).uploadedBlobs(2), "but there were 1");
        fails(() -> assertThat(journal).sentNoRequestTo(blobGet()), "no request for blob get");
        fails(() -> assertThat(journal).sentRequests(2, blobGet()), "but there were 1");
        fails(
                () -> assertThat(journal)
                        .allExchanges("by alice", e -> e.caller().name().equals("alice")),
                "this is not");

        send("GET", "/v2/team/app/blobs/" + digest, new byte[0]);
        fails(() -> assertThat(journal).pulledNoBlobTwice(), digest);
        byte[] manifest = new byte[image.manifest().content().remaining()];
        image.manifest().content().get(manifest);
        send("PUT", "/v2/team/app/manifests/2.0", manifest);
        assertThat(journal).pushed("team/app", "2.0");
        fails(() -> assertThat(journal).didNotPushTo("team/app"), "no push to team/app");
    }

    @Test
    void onAJournalOfPullsThatWereCut() throws Exception {
        String digest = Digest.of(BLOB).toString();
        HttpResponse<byte[]> begun = send("POST", "/v2/team/app/blobs/uploads/", new byte[0]);
        send("PUT", begun.headers().firstValue("Location").orElseThrow() + "?digest=" + digest, BLOB);
        faults.on(blobGet()).once().resetAfter(1);

        assertThatThrownBy(() -> send("GET", "/v2/team/app/blobs/" + digest, new byte[0]))
                .isInstanceOf(IOException.class);
        journal.await("a cut", exchange -> exchange.state() == Exchange.State.CUT, Duration.ofSeconds(10));
        send("GET", "/v2/team/app/blobs/" + digest, new byte[0]);

        assertThat(journal)
                .pulledNoBlobTwice()
                .pulledBlobOnce(Digest.parse(digest))
                .sentRequests(2, blobGet());
    }

    @Test
    void onAJournalOfAClientThatAsksForTheDigestFirst() throws Exception {
        send("HEAD", "/v2/team/app/manifests/1.0", new byte[0]);
        fails(() -> assertThat(journal).pulled("team/app", "1.0"), "a pull of team/app:1.0");

        send("GET", "/v2/team/app/manifests/" + image.digest(), new byte[0]);

        assertThat(journal).pulled("team/app", "1.0");
        fails(() -> assertThat(journal).pulled("team/app", "latest"), "a pull of team/app:latest");
    }

    @Test
    void onFaults() throws Exception {
        assertThat(faults).allHit();
        faults.on(blobGet()).status(503);
        faults.on(manifestGet()).times(2).status(503);
        send("GET", "/v2/team/app/manifests/1.0", new byte[0]);

        fails(
                () -> assertThat(faults).allHit(),
                "blob get: 503 UNAVAILABLE (hit 0 of 0)",
                "manifest get, 2 times: 503 UNAVAILABLE (hit 1 of 1)");
        assertThat(faults).hit(1);
        fails(() -> assertThat(faults).hit(2), "2 hits in all, but there were 1");
        send("GET", "/v2/team/app/blobs/" + OTHER, new byte[0]);
        assertThat(faults).allHit().hit(2);
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body) throws Exception {
        URI uri = server.uri().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    private static void fails(ThrowingCallable assertion, String... words) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(words);
    }
}
