package dev.berth.registry.image.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RequestMatch;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.http.profile.RegistryProfile;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.remote.Credentials;
import dev.berth.registry.image.remote.RemoteHandler;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of a registry is answered without it. */
class RecordingTest {

    private static final Image IMAGE =
            Image.builder().file("/etc/motd", "hello").label("team", "demo").build();
    private static final Image OTHER = Image.random(2, 1000);

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private RegistryServer upstream;
    private RemoteHandler elsewhere;

    @BeforeEach
    void startUpstream() throws IOException {
        upstream = RegistryServer.start();
        elsewhere = RemoteHandler.at(upstream.uri(), Credentials.none());
        IMAGE.pushTo(upstream.registry(), "team/app", "1.0");
    }

    @AfterEach
    void stopUpstream() {
        upstream.close();
    }

    /** A test's body, which sees a registry through a server. */
    private interface Client {
        void use(RegistryServer server) throws Exception;
    }

    private List<Difference> in(RecordingMode mode, Client client) throws Exception {
        return in(mode, List.of(), client);
    }

    private List<Difference> in(RecordingMode mode, List<HttpFilter> before, Client client) throws Exception {
        try (RecordedRegistry recorded = recording().of(elsewhere, mode)) {
            RegistryServer.Builder builder = RegistryServer.builder();
            before.forEach(builder::filter);
            try (RegistryServer server = builder.filter(recorded).start()) {
                client.use(server);
            }
            return recorded.differences();
        }
    }

    private Recording recording() {
        return Recording.at(directory.resolve("recording"));
    }

    private static Registry through(RegistryServer server) {
        return RemoteRegistry.at(server.uri());
    }

    private static void pull(RegistryServer server) throws IOException {
        Image pulled = Image.pull(through(server), "team/app", "1.0");
        assertThat(pulled.files().read("/etc/motd")).isEqualTo("hello");
    }

    private HttpResponse<String> get(RegistryServer server, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(recording().directory())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        recording().directory().relativize(file).toString(),
                        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    @Test
    void aPullIsReplayedWhenTheRegistryIsGone() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);
        upstream.close();

        in(RecordingMode.REPLAY, server -> {
            pull(server);
            pull(server);
        });
    }

    @Test
    void recordingAgainMakesTheSameFiles() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);
        Map<String, String> first = files();

        List<Difference> differences = in(RecordingMode.RECORD, server -> {
            pull(server);
            pull(server);
        });

        assertThat(files()).isEqualTo(first);
        assertThat(differences).isEmpty();
        assertThat(first).containsKeys("exchanges.txt", ".gitattributes");
        assertThat(first.get("exchanges.txt"))
                .contains("> GET /v2/team/app/manifests/1.0\n> Accept: application/vnd.oci.image.manifest.v1+json")
                .contains("< Docker-Content-Digest: " + IMAGE.digest() + "\n")
                .doesNotContain("Date:");
    }

    @Test
    void aPushIsReplayedInOtherPieces() throws Exception {
        in(RecordingMode.RECORD, server -> OTHER.pushTo(through(server), "team/new", "2.0"));
        assertThat(Image.find(upstream.registry(), "team/new", "2.0")).contains(OTHER);
        upstream.close();

        in(RecordingMode.REPLAY, server -> {
            OTHER.pushTo(through(server), "team/new", "2.0");
            OTHER.pushTo(through(server), "team/new", "2.0");
        });
    }

    @Test
    void aPushOfSomethingElseIsRefused() throws Exception {
        in(RecordingMode.RECORD, server -> OTHER.pushTo(through(server), "team/new", "2.0"));

        in(
                RecordingMode.REPLAY,
                server -> assertThatThrownBy(() -> Image.random(3, 1000).pushTo(through(server), "team/new", "2.0"))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("501"));
    }

    @Test
    void whatIsAskedAgainIsAnsweredInTheOrderThatWasRecorded() throws Exception {
        RepositoryName name = new RepositoryName("team/new");
        in(RecordingMode.RECORD, server -> {
            assertThat(through(server).manifest(name, new Tag("2.0"))).isEmpty();
            OTHER.pushTo(through(server), "team/new", "2.0");
            assertThat(through(server).manifest(name, new Tag("2.0"))).isPresent();
        });

        in(RecordingMode.REPLAY, server -> {
            assertThat(through(server).manifest(name, new Tag("2.0"))).isEmpty();
            assertThat(through(server).manifest(name, new Tag("2.0"))).isPresent();
            assertThat(through(server).manifest(name, new Tag("2.0"))).isPresent();
        });
    }

    @Test
    void whatIsNotRecordedIsRefusedWithWhatComesNear() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);
        Journal journal = new Journal();

        in(RecordingMode.REPLAY, List.of(journal), server -> {
            HttpResponse<String> answer = get(server, "/v2/team/app/manifests/1.1");

            assertThat(answer.statusCode()).isEqualTo(501);
            assertThat(answer.body())
                    .contains("GET /v2/team/app/manifests/1.1 is not recorded")
                    .contains("recorded is GET /v2/team/app/manifests/1.0")
                    .contains("-Dberth.record=missing");
        });
        assertThat(journal.toString()).contains("[not recorded; recorded is GET /v2/team/app/manifests/1.0");
    }

    @Test
    void anEmptyRecordingSaysHowToBegin() throws Exception {
        in(
                RecordingMode.REPLAY,
                server -> assertThat(get(server, "/v2/").body())
                        .contains("nothing is recorded in " + recording().directory())
                        .contains("-Dberth.record=all"));
    }

    @Test
    void whatIsMissingIsAdded() throws Exception {
        OTHER.pushTo(upstream.registry(), "team/app", "2.0");
        in(RecordingMode.RECORD, RecordingTest::pull);
        upstream.registry().deleteTag(new RepositoryName("team/app"), new Tag("1.0"));

        List<Difference> differences = in(RecordingMode.RECORD_MISSING, server -> {
            pull(server);
            Image.pull(through(server), "team/app", "2.0").files();
        });
        upstream.close();

        assertThat(differences).hasOnlyElementsOfType(Difference.Added.class).isNotEmpty();
        in(RecordingMode.REPLAY, server -> {
            pull(server);
            Image.pull(through(server), "team/app", "2.0").files();
        });
    }

    @Test
    void aChangedRegistrySaysWhatDiffers() throws Exception {
        in(RecordingMode.RECORD, server -> {
            pull(server);
            get(server, "/v2/team/app/tags/list");
            get(server, "/v2/team/app/manifests/0.9");
            get(server, "/v2/_catalog");
        });
        OTHER.pushTo(upstream.registry(), "team/app", "1.0");
        OTHER.pushTo(upstream.registry(), "team/app", "0.9");

        List<Difference> differences = in(RecordingMode.RECORD, server -> {
            Image.pull(through(server), "team/app", "1.0").files();
            get(server, "/v2/team/app/tags/list");
            get(server, "/v2/team/app/manifests/0.9");
            get(server, "/v2/");
        });

        assertThat(differences)
                .contains(new Difference.TagMoved(
                        new RepositoryName("team/app"), new Tag("1.0"), IMAGE.digest(), OTHER.digest()));
        assertThat(differences)
                .extracting(Difference::toString)
                .contains("tag 1.0 of team/app moved from " + IMAGE.digest() + " to " + OTHER.digest())
                .contains("GET /v2/team/app/manifests/0.9: status 404 became 200")
                .contains("new: GET /v2/ → 200")
                .anyMatch(d -> d.contains("tags/list: {\"name\":\"team/app\",\"tags\":[\"1.0\"]} became"));
        assertThat(files().keySet())
                .noneMatch(name -> name.endsWith(IMAGE.digest().hex()));
    }

    @Test
    void severalTestsMayShareARecording() throws Exception {
        OTHER.pushTo(upstream.registry(), "team/app", "2.0");
        in(RecordingMode.RECORD, RecordingTest::pull);
        in(
                RecordingMode.RECORD,
                server -> Image.pull(through(server), "team/app", "2.0").files());
        upstream.close();

        in(RecordingMode.REPLAY, server -> {
            pull(server);
            Image.pull(through(server), "team/app", "2.0").files();
        });
        try (RecordedRegistry recorded = recording().of(elsewhere, RecordingMode.REPLAY);
                RegistryServer server =
                        RegistryServer.builder().filter(recorded).start()) {
            pull(server);
            assertThat(recorded.notAsked())
                    .hasSize(3)
                    .allMatch(r -> r.target().contains("manifests/2.0")
                            || OTHER.layers().stream()
                                    .anyMatch(
                                            l -> r.target().contains(l.digest().hex())));
            assertThat(recorded.misses()).isEmpty();
        }
    }

    @Test
    void twoRecordingsAreCompared() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);

        assertThat(recording().differencesFrom(recording())).isEmpty();
        assertThat(recording().differencesFrom(Recording.at(directory.resolve("none"))))
                .hasSize(recording().exchanges().size())
                .allMatch(d -> d.toString().startsWith("new: "));
        assertThat(Recording.at(directory.resolve("none")).differencesFrom(recording()))
                .hasSize(recording().exchanges().size())
                .allMatch(d -> d.toString().startsWith("no longer asked: "));
    }

    @Test
    void aPartIsAnsweredWithTheWholeWhereThePartIsNotRecorded() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);
        String blob = "/v2/team/app/blobs/" + IMAGE.layers().get(0).digest();

        in(RecordingMode.REPLAY, server -> {
            HttpResponse<String> answer = get(server, blob, "Range", "bytes=5-");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Length"))
                    .contains(Long.toString(IMAGE.layers().get(0).size()));
        });
    }

    @Test
    void aPartThatIsRecordedIsAnswered() throws Exception {
        String blob = "/v2/team/app/blobs/" + IMAGE.layers().get(0).digest();
        in(RecordingMode.RECORD, server -> get(server, blob, "Range", "bytes=5-8"));

        in(RecordingMode.REPLAY, server -> {
            HttpResponse<String> answer = get(server, blob, "Range", "bytes=5-8");

            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.body()).hasSize(4);
            assertThat(answer.headers().firstValue("Content-Range")).isPresent();
            assertThat(get(server, blob).statusCode()).isEqualTo(501);
        });
    }

    @Test
    void aHeadIsAnsweredFromWhatWasRead() throws Exception {
        in(RecordingMode.RECORD, server -> get(server, "/v2/team/app/manifests/1.0", "Accept", "*/*"));

        in(RecordingMode.REPLAY, server -> {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.uri().resolve("/v2/team/app/manifests/1.0"))
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Length"))
                    .contains(Long.toString(IMAGE.manifest().content().remaining()));
        });
    }

    @Test
    void aClientThatTakesOtherTypesIsAnsweredIfItTakesTheRecordedOne() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);

        in(RecordingMode.REPLAY, server -> {
            String type = "application/vnd.oci.image.manifest.v1+json";
            assertThat(get(server, "/v2/team/app/manifests/1.0", "Accept", type).statusCode())
                    .isEqualTo(200);
            assertThat(get(server, "/v2/team/app/manifests/1.0", "Accept", "application/vnd.other")
                            .statusCode())
                    .isEqualTo(501);
        });
    }

    @Test
    void faultsGoInFrontOfARecording() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);
        Faults faults = new Faults();
        faults.on(RequestMatch.manifestGet()).once().status(503);

        in(RecordingMode.REPLAY, List.of(faults), server -> {
            assertThatThrownBy(() -> pull(server)).isInstanceOf(IOException.class);
            pull(server);
        });
    }

    @Test
    void theWaysOfAnotherRegistryAreRecorded() throws Exception {
        upstream.close();
        upstream =
                RegistryServer.builder().filter(RegistryProfile.ecr("team/app")).start();
        elsewhere = RemoteHandler.at(upstream.uri(), Credentials.none());
        IMAGE.pushTo(upstream.registry(), "team/app", "1.0");
        in(RecordingMode.RECORD, server -> {
            pull(server);
            get(server, "/v2/team/unknown/manifests/1.0");
            http.send(
                    HttpRequest.newBuilder(server.uri().resolve("/v2/team/app/blobs/uploads/"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        });
        upstream.close();

        in(RecordingMode.REPLAY, server -> {
            pull(server);
            assertThat(get(server, "/v2/team/unknown/manifests/1.0").body()).contains("has to be made first");
            HttpResponse<String> session = http.send(
                    HttpRequest.newBuilder(server.uri().resolve("/v2/team/app/blobs/uploads/"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(session.statusCode()).isEqualTo(202);
            assertThat(session.headers().firstValue("OCI-Chunk-Min-Length")).contains(Integer.toString(5 << 20));
            assertThat(session.headers().firstValue("Location").orElseThrow())
                    .matches("/v2/team/app/blobs/uploads/[0-9a-f-]{36}");
        });
        assertThat(files().get("exchanges.txt")).doesNotContain("signature").doesNotContain("_content");
    }

    @Test
    void aRegistryThatCannotBeReachedIsNotRecordedAndLosesNothing() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);
        Map<String, String> before = files();
        upstream.close();

        in(RecordingMode.RECORD, server -> {
            HttpResponse<String> answer = get(server, "/v2/team/app/manifests/1.0");
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("the registry at " + URI.create("http://" + upstream.address()));
        });

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void manyClientsAtOnceMakeTheSameRecording() throws Exception {
        for (int i = 0; i < 5; i++) {
            Image.random(100 + i, 20_000).pushTo(upstream.registry(), "team/app", "r" + i);
        }
        in(RecordingMode.RECORD, server -> atOnce(server, 1));
        Map<String, String> one = files();

        in(RecordingMode.RECORD, server -> atOnce(server, 8));
        upstream.close();

        assertThat(files()).isEqualTo(one);
        in(RecordingMode.REPLAY, server -> atOnce(server, 8));
    }

    private static void atOnce(RegistryServer server, int clients) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<Boolean>> pulls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String tag = "r" + i % 5;
                pulls.add(() ->
                        Image.pull(through(server), "team/app", tag).files().contains("/random.bin"));
            }
            for (Future<Boolean> pulled : threads.invokeAll(pulls)) {
                assertThat(pulled.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aDamagedRecordingSaysWhatIsWrong() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);
        Path exchanges = recording().directory().resolve("exchanges.txt");
        String good = Files.readString(exchanges);
        Path layer = recording()
                .directory()
                .resolve("blobs/sha256/" + IMAGE.layers().get(0).digest().hex());

        assertRefused(exchanges, good.replace("> GET", "> get"), "exchanges.txt, line 4: a request such as");
        assertRefused(exchanges, good.replaceFirst("< 200", "< fine"), "the answer's status, such as '< 200'");
        assertRefused(exchanges, good.replaceFirst("< Content-Type:", "< Content Type"), "a field such as");
        assertRefused(exchanges, good.replaceFirst("= sha256:", "= sha257:"), "sha257");
        assertRefused(exchanges, good + "\n> GET /v2/", "and not the file's end");
        Files.writeString(exchanges, good);
        byte[] bytes = Files.readAllBytes(layer);
        Files.delete(layer);
        assertThatThrownBy(() -> recording().exchanges()).hasMessageContaining(layer + " is missing");
        Files.write(layer, new byte[3]);
        assertThatThrownBy(() -> recording().exchanges())
                .hasMessageContaining(layer + " has 3 bytes, and had " + bytes.length);
        bytes[5]++;
        Files.write(layer, bytes);
        in(
                RecordingMode.REPLAY,
                server -> assertThat(get(
                                        server,
                                        "/v2/team/app/blobs/"
                                                + IMAGE.layers().get(0).digest())
                                .body())
                        .contains(layer + " is damaged"));
    }

    private void assertRefused(Path exchanges, String text, String problem) throws IOException {
        Files.writeString(exchanges, text);
        assertThatThrownBy(() -> recording().of(elsewhere, RecordingMode.REPLAY))
                .hasMessageContaining(problem);
    }

    @Test
    void lineEndsOfAnotherSystemDoNoHarmToTheExchanges() throws Exception {
        in(RecordingMode.RECORD, RecordingTest::pull);
        Path exchanges = recording().directory().resolve("exchanges.txt");
        Files.writeString(exchanges, Files.readString(exchanges).replace("\n", "\r\n"));

        in(RecordingMode.REPLAY, RecordingTest::pull);
    }

    @Test
    void uploadSessionsThatNobodyBeganAreUnknown() throws Exception {
        in(RecordingMode.RECORD, server -> OTHER.pushTo(through(server), "team/new", "2.0"));

        in(
                RecordingMode.REPLAY,
                server -> assertThat(get(server, "/v2/team/new/blobs/uploads/7f0d4c3e-8f6e-4e0c-9a39-3c1d1b0a9a11")
                                .body())
                        .contains("BLOB_UPLOAD_UNKNOWN"));
    }

    @Test
    void whoMistypesTheModeIsTold() {
        assertThat(RecordingMode.of("ALL")).isEqualTo(RecordingMode.RECORD);
        assertThat(RecordingMode.of("missing")).isEqualTo(RecordingMode.RECORD_MISSING);
        assertThat(RecordingMode.of("false")).isEqualTo(RecordingMode.REPLAY);
        assertThatThrownBy(() -> RecordingMode.of("yes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'missing'");
    }

    @Test
    void refusalsOfTheRegistryAreReplayedAsTheyWere() throws Exception {
        in(RecordingMode.RECORD, server -> get(server, "/v2/team/app/blobs/sha256:" + "0".repeat(64)));

        in(RecordingMode.REPLAY, server -> {
            HttpResponse<String> answer = get(server, "/v2/team/app/blobs/sha256:" + "0".repeat(64));
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("BLOB_UNKNOWN");
            assertThatThrownBy(() -> through(server).manifest(new RepositoryName("team/app"), new Tag("none")))
                    .isInstanceOfAny(RegistryException.class, IOException.class);
        });
        assertThat(recording().exchanges().get(0).answer().headers().first("Content-Type"))
                .isEqualTo(Optional.of("application/json"));
    }
}
