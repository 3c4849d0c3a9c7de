package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.chaos.LegalChaos;
import dev.berth.registry.http.chaos.Liberty;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.http.profile.LeastChunk;
import dev.berth.registry.http.profile.PullLimit;
import dev.berth.registry.http.profile.RegistryProfile;
import dev.berth.registry.http.profile.UploadTerms;
import dev.berth.registry.testkit.http.RegistryClient;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that behave as others do, or as they may. */
class ProfilesTest {

    private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final byte[] MANIFEST =
            ("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[]}").getBytes(StandardCharsets.UTF_8);

    private final Journal journal = new Journal();
    private Optional<RegistryServer> server = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(RegistryServer::close);
    }

    @Test
    void dockerHubCountsPulls() {
        RegistryClient client = serve(RegistryProfile.dockerHub(2, Clock.systemUTC()));
        push(client, "team/app");

        Answer head = client.send("HEAD", "/v2/team/app/manifests/latest");
        Answer first = client.send("GET", "/v2/team/app/manifests/latest");
        Answer second = client.send("GET", "/v2/team/app/manifests/latest");
        Answer third = client.send("GET", "/v2/team/app/manifests/latest");

        assertThat(head.header("RateLimit-Remaining")).isEqualTo("2;w=21600");
        assertThat(first.header("RateLimit-Limit")).isEqualTo("2;w=21600");
        assertThat(first.header("RateLimit-Remaining")).isEqualTo("1;w=21600");
        assertThat(second.header("RateLimit-Remaining")).isEqualTo("0;w=21600");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.text()).contains("TOOMANYREQUESTS");
        assertThat(client.send("HEAD", "/v2/team/app/manifests/latest").status())
                .isEqualTo(200);
    }

    @Test
    void dockerHubHasNamespacesAndNoMoreThanItHas() {
        RegistryClient client = serve(RegistryProfile.dockerHub());
        push(client, "library/alpine");

        assertThat(client.send("GET", "/v2/alpine/manifests/latest").status()).isEqualTo(401);
        assertThat(client.send("GET", "/v2/library/alpine/manifests/latest").status())
                .isEqualTo(200);
        assertThat(client.send("GET", "/v2/_catalog").status()).isEqualTo(401);
        assertThat(client.send("DELETE", "/v2/library/alpine/manifests/latest").status())
                .isEqualTo(405);
        assertThat(client.send("GET", "/v2/library/alpine/referrers/sha256:" + "0".repeat(64))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aBlobComesFromElsewhere() throws Exception {
        RegistryClient client = serve(RegistryProfile.ghcr());
        String digest = push(client, "team/app");

        Answer redirect = client.send("GET", "/v2/team/app/blobs/" + digest);

        assertThat(redirect.status()).isEqualTo(307);
        URI location = URI.create(redirect.header("Location"));
        assertThat(location).hasHost("localhost");
        RegistryClient elsewhere = new RegistryClient(location);
        String path = location.getRawPath() + "?" + location.getRawQuery();
        Answer content = elsewhere.send("GET", path);
        assertThat(content.body()).isEqualTo(BLOB);
        assertThat(content.optionalHeader("Docker-Content-Digest")).isEmpty();
        assertThat(elsewhere.send("GET", path, "Authorization", "Bearer x").status())
                .isEqualTo(400);
        assertThat(elsewhere.send("GET", location.getRawPath()).status()).isEqualTo(403);
        assertThat(elsewhere.send("GET", path.replace("blobs", "manifests")).status())
                .isEqualTo(403);
        assertThat(client.send("GET", "/v2/team/app/blobs/sha256:" + "0".repeat(64))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void ecrWantsRepositoriesToBeMade() {
        RegistryClient client = serve(RegistryProfile.ecr("team/app"));

        assertThat(client.send("POST", "/v2/other/blobs/uploads/").status()).isEqualTo(404);
        Answer begun = client.send("POST", "/v2/team/app/blobs/uploads/");
        assertThat(begun.header("OCI-Chunk-Min-Length")).isEqualTo("5242880");
        assertThat(client.send("PATCH", begun.header("Location"), BLOB).status())
                .isEqualTo(201);
        push(client, "team/app");
        assertThat(client.send("GET", "/v2/team/app/manifests/latest").optionalHeader("Docker-Content-Digest"))
                .isEmpty();
    }

    @Test
    void ecrRefusesWhatComesAfterAChunkThatIsTooShort() {
        RegistryClient client = serve(RegistryProfile.ecr("team/app"));
        String session = client.send("POST", "/v2/team/app/blobs/uploads/").header("Location");
        assertThat(client.send("PATCH", session, BLOB).status()).isEqualTo(201);

        Answer next = client.send("PATCH", session, BLOB);

        assertThat(next.status()).isEqualTo(400);
        assertThat(next.text()).contains("BLOB_UPLOAD_INVALID", "has 6 bytes", "fewer than 5242880");
        // That one was the last, then.
        String digest = "sha256:" + sha256(BLOB);
        assertThat(client.send("PUT", session + "?digest=" + digest, BLOB).status())
                .isEqualTo(400);
        assertThat(client.send("PUT", session + "?digest=" + digest, new byte[0])
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aChunkIsLongEnoughOrTheLast() {
        RegistryClient client = serve(RegistryProfile.of("chunks", new LeastChunk(6)));
        String session = client.send("POST", "/v2/app/blobs/uploads/").header("Location");

        assertThat(client.send("PATCH", session, BLOB).status()).isEqualTo(202);
        assertThat(client.send("PATCH", session, new byte[] {1}).status()).isEqualTo(202);
        assertThat(client.send("PATCH", session, new byte[] {1}).status()).isEqualTo(400);
    }

    @Test
    void quayHasPagesOfFiftyTags() {
        RegistryClient client = serve(RegistryProfile.quay());
        for (int i = 100; i < 160; i++) {
            client.send("PUT", "/v2/app/manifests/v" + i, MANIFEST, "Content-Type", INDEX);
        }

        Answer page = client.send("GET", "/v2/app/tags/list?n=1000");

        assertThat(page.text()).contains("\"v149\"").doesNotContain("\"v150\"");
        assertThat(page.header("Link")).contains("last=v149").contains("rel=\"next\"");
    }

    @Test
    void aBareRegistryDoesWhatItMust() {
        RegistryClient client = serve(RegistryProfile.bare());
        String digest = push(client, "app");

        Answer part = client.send("GET", "/v2/app/blobs/" + digest, "Range", "bytes=1-2");
        assertThat(part.status()).isEqualTo(200);
        assertThat(part.body()).isEqualTo(BLOB);
        assertThat(client.send("POST", "/v2/other/blobs/uploads/?from=app&mount=" + digest)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aSubjectIsNotTakenNoteOfWithoutReferrers() {
        RegistryClient client = serve(RegistryProfile.registry2());
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX
                + "\",\"manifests\":[],\"subject\":{\"mediaType\":\"" + INDEX + "\",\"digest\":\"sha256:"
                + "0".repeat(64) + "\",\"size\":2}}";

        Answer put = client.send(
                "PUT", "/v2/app/manifests/latest", manifest.getBytes(StandardCharsets.UTF_8), "Content-Type", INDEX);

        assertThat(put.status()).isEqualTo(201);
        assertThat(put.optionalHeader("OCI-Subject")).isEmpty();
    }

    @Test
    void aProfilePrintsItsQuirks() {
        assertThat(RegistryProfile.registry2())
                .hasToString("registry:2: no referrers, no [BLOB_DELETE, MANIFEST_DELETE]: 405");
        assertThatThrownBy(() -> new PullLimit(-1, Duration.ofHours(1), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCorrectClientGetsAlongWithChaos(long seed) {
        RegistryClient client = serve(new LegalChaos(seed));
        for (String tag : List.of("a", "b", "c")) {
            String session = path(client.send("POST", "/v2/app/blobs/uploads/").header("Location"));
            Answer patched = client.send("PATCH", session, BLOB);
            String next = path(patched.header("Location"));
            String digest = "sha256:" + sha256(BLOB);
            assertThat(client.send("PUT", next + (next.contains("?") ? "&" : "?") + "digest=" + digest, new byte[0])
                            .status())
                    .isEqualTo(201);
            assertThat(client.send("PUT", "/v2/app/manifests/" + tag, MANIFEST, "Content-Type", INDEX)
                            .status())
                    .isEqualTo(201);
            Answer blob = client.send("GET", "/v2/app/blobs/" + digest);
            if (blob.status() == 307) {
                blob = client.send("GET", path(blob.header("Location")));
            }
            assertThat(blob.body()).isEqualTo(BLOB);
        }
        assertThat(tags(client)).containsExactly("a", "b", "c");
        assertThat(journal.exchanges()).anySatisfy(e -> assertThat(e.remarks()).isNotEmpty());
    }

    @Test
    void aClientThatDoesNotFollowTheLocationIsFound() {
        RegistryClient client = serve(new UploadTerms(), Liberty.MOVING_LOCATION);
        String begun = client.send("POST", "/v2/app/blobs/uploads/").header("Location");
        String path = begun.substring(0, begun.indexOf('?'));

        assertThat(client.send("PATCH", path, BLOB).status()).isEqualTo(404);
        assertThat(client.send("PATCH", begun + "0", BLOB).text()).contains("BLOB_UPLOAD_UNKNOWN", "told last");
        // Where it stands, it is told at each of its URLs.
        assertThat(client.send("GET", path).status()).isEqualTo(204);
    }

    @Test
    void chaosHoldsAClientToWhatItWasTold() {
        long found = 0;
        for (long seed = 0; seed < 10; seed++) {
            RegistryClient client = serve(new LegalChaos(seed, Set.of(Liberty.MOVING_LOCATION)));
            Answer begun = client.send("POST", "/v2/app/blobs/uploads/");
            boolean moved = begun.header("Location").contains("?");
            String path = begun.header("Location").replaceAll("[?].*", "");
            assertThat(client.send("PATCH", path, BLOB).status()).isEqualTo(moved ? 404 : 202);
            found += moved ? 1 : 0;
            stop();
        }
        assertThat(found).isBetween(1L, 9L);
    }

    @Test
    void aClientWhoseChunksAreTooShortIsFound() {
        RegistryClient client = serve(new UploadTerms(), Liberty.LEAST_CHUNK);
        Answer begun = client.send("POST", "/v2/app/blobs/uploads/");
        assertThat(begun.header("OCI-Chunk-Min-Length")).isEqualTo("65536");

        assertThat(client.send("PATCH", begun.header("Location"), BLOB).status())
                .isEqualTo(202);
        assertThat(client.send("PATCH", begun.header("Location"), BLOB).status())
                .isEqualTo(400);
    }

    @Test
    void aBlobInOneRequestMayBeginAnUpload() {
        RegistryClient client = serve(Liberty.SINGLE_POST_AS_UPLOAD);
        String digest = "sha256:" + sha256(BLOB);

        Answer begun = client.send("POST", "/v2/app/blobs/uploads/?digest=" + digest, BLOB);

        assertThat(begun.status()).isEqualTo(202);
        assertThat(client.send("PUT", begun.header("Location") + "?digest=" + digest, BLOB)
                        .status())
                .isEqualTo(201);
        assertThat(client.send("GET", "/v2/app/blobs/" + digest).body()).isEqualTo(BLOB);
    }

    @Test
    void whatIsPulledMayComeWithoutItsDigest() {
        RegistryClient client = serve(Liberty.UNNAMED_DIGEST);
        push(client, "app");

        assertThat(client.send("GET", "/v2/app/manifests/latest").optionalHeader("Docker-Content-Digest"))
                .isEmpty();
    }

    @Test
    void theSameSeedMakesTheSameChoices() {
        List<String> first = remarks(42);
        List<String> second = remarks(42);

        assertThat(second).isEqualTo(first);
        assertThat(remarks(43)).isNotEqualTo(first);
        assertThat(new LegalChaos(42)).hasToString("legal chaos from seed 42");
    }

    @ParameterizedTest
    @EnumSource(Liberty.class)
    void eachLibertyCanBeTakenAlone(Liberty liberty) {
        for (long seed = 0; seed < 6; seed++) {
            RegistryClient client = serve(new LegalChaos(seed, Set.of(liberty)));
            push(client, "app");
            stop();
        }
        assertThat(journal.exchanges())
                .flatExtracting(e -> e.remarks())
                .isNotEmpty()
                .containsOnly(liberty.toString());
    }

    private List<String> remarks(long seed) {
        journal.clear();
        RegistryClient client = serve(new LegalChaos(seed));
        for (int i = 0; i < 10; i++) {
            client.send("GET", "/v2/");
        }
        stop();
        return journal.exchanges().stream().map(e -> e.remarks().toString()).toList();
    }

    private static List<String> tags(RegistryClient client) {
        List<String> tags = new ArrayList<>();
        Optional<String> next = Optional.of("/v2/app/tags/list");
        while (next.isPresent()) {
            Answer page = client.send("GET", next.get());
            Matcher tag = Pattern.compile("\"([abc])\"").matcher(page.text());
            while (tag.find()) {
                tags.add(tag.group(1));
            }
            next = page.optionalHeader("Link").map(link -> link.substring(1, link.indexOf('>')));
        }
        return tags;
    }

    private static String path(String location) {
        return location.startsWith("http") ? location.substring(location.indexOf('/', 8)) : location;
    }

    private static String sha256(byte[] content) {
        return DigestAlgorithm.SHA256.digest(content).hex();
    }

    private RegistryClient serve(HttpFilter... filters) {
        RegistryServer.Builder builder = RegistryServer.builder().filter(journal);
        List.of(filters).forEach(builder::filter);
        server = Optional.of(builder.start());
        return new RegistryClient(server.get().uri());
    }

    private static String push(RegistryClient client, String repository) {
        String digest = client.pushBlob(repository, BLOB);
        assertThat(client.send("PUT", "/v2/" + repository + "/manifests/latest", MANIFEST, "Content-Type", INDEX)
                        .status())
                .isEqualTo(201);
        return digest;
    }
}
