package dev.berth.registry.junit5;

import static dev.berth.registry.http.RequestMatch.anyRequest;
import static dev.berth.registry.http.RequestMatch.manifestGet;
import static dev.berth.registry.http.RequestMatch.uploadAppend;
import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Page;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.http.profile.RegistryProfile;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.remote.Credentials;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registries with the ways of others, in one line each. */
class WaysTest {

    @Test
    void aProfileIsOneWord() {
        SampleRun.of(Hub.class).succeeded(1);
    }

    @RegistryExtension(profile = Profile.DOCKER_HUB, images = "library/app:1.0")
    static class Hub {
        @Test
        void test(RegistryServer server, TestClock clock) throws Exception {
            URI manifest = server.uri().resolve("/v2/library/app/manifests/1.0");
            for (int i = 0; i < 100; i++) {
                assertThat(get(manifest).statusCode()).isEqualTo(200);
            }
            assertThat(get(manifest).statusCode()).isEqualTo(429);
            clock.advance(Duration.ofHours(6));
            assertThat(get(manifest).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aProfileGoesWithLoginsAndTokens() {
        SampleRun.of(PrivateHub.class).succeeded(1);
    }

    @RegistryExtension(
            profile = Profile.DOCKER_HUB,
            users = "alice:secret",
            tokenSeconds = 60,
            images = "library/app:1.0")
    static class PrivateHub {
        @Test
        void test(RegistryServer server, Journal journal) throws Exception {
            RemoteRegistry remote = RemoteRegistry.at(server.uri(), Credentials.of("alice", "secret"));
            assertThat(Image.pull(remote, "library/app", "1.0")).containsFile("/random.bin");

            assertThat(journal.exchanges()).anyMatch(exchange -> exchange.status() == 307);
            assertThat(journal.exchanges(manifestGet().by("alice"))).isNotEmpty();
        }
    }

    @Test
    void theRepositoriesOfEcrAreThoseOfTheImages() {
        SampleRun.of(Ecr.class).succeeded(1);
    }

    @RegistryExtension(profile = Profile.ECR, images = "team/app:1.0")
    static class Ecr {
        @Test
        void test(RegistryServer server) throws Exception {
            assertThat(get(server.uri().resolve("/v2/team/app/manifests/1.0")).statusCode())
                    .isEqualTo(200);
            assertThat(get(server.uri().resolve("/v2/team/other/tags/list")).statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void eachProfileIsARegistryThatAClientGetsAlongWith(Profile profile) throws Exception {
        HttpFilter ways = profile.create(new TestClock(), List.of("team/app:1")).orElseThrow();
        try (RegistryServer server = RegistryServer.builder().filter(ways).start()) {
            RemoteRegistry remote = RemoteRegistry.at(server.uri());
            String[] tags =
                    IntStream.rangeClosed(100, 220).mapToObj(i -> "v" + i).toArray(String[]::new);
            Image pushed = Image.random(1, 10_000).pushTo(remote, "team/app", tags);
            Image.artifact()
                    .artifactType("application/vnd.sig")
                    .file("sig", "text/plain", "ok")
                    .subject(pushed)
                    .build()
                    .pushTo(remote, "team/app");

            Image pulled = Image.pull(remote, "team/app", "v220");

            assertThat(pulled).hasDigest(pushed.digest()).containsFile("/random.bin");
            assertThat(server).repository("team/app").hasTag("v220").pointingTo(pushed);
            // A page is as long as that registry has it, and all pages together are all tags.
            assertThat(tagsOf(remote)).contains(tags);
        }
    }

    @Test
    void ourOwnClientSendsPiecesAsLongAsEcrWantsThem() {
        SampleRun.of(LargeToEcr.class).succeeded(1);
    }

    @RegistryExtension(profile = Profile.ECR, images = "team/app:1.0")
    static class LargeToEcr {
        @Test
        void test(RegistryServer server, Journal journal) throws Exception {
            Image large = Image.random(1, 12 << 20).pushTo(RemoteRegistry.at(server.uri()), "team/app", "2.0");

            assertThat(server).repository("team/app").hasTag("2.0").pointingTo(large);
            assertThat(journal.exchanges(uploadAppend().in("team/app"))).hasSizeGreaterThan(3);
        }
    }

    private static List<String> tagsOf(Registry registry) throws Exception {
        List<String> tags = new ArrayList<>();
        Optional<String> after = Optional.empty();
        while (true) {
            Page<Tag> page =
                    registry.tags(new RepositoryName("team/app"), after, 1000).orElseThrow();
            page.items().forEach(tag -> tags.add(tag.value()));
            if (!page.more()) {
                return tags;
            }
            after = Optional.of(tags.get(tags.size() - 1));
        }
    }

    @Test
    void anExtensionMakesAFilterForEachRegistry() {
        SampleRun.of(InCode.class).succeeded(2);
    }

    static class InCode {
        @RegisterExtension
        final RegistryJUnitExtension hub = RegistryJUnitExtension.builder()
                .filter(clock -> RegistryProfile.dockerHub(1, clock))
                .seed(registry -> Image.random(1, 10).pushTo(registry, "library/app", "1.0"))
                .build();

        @Test
        void first() throws Exception {
            pullTwice();
        }

        @Test
        void second() throws Exception {
            pullTwice();
        }

        private void pullTwice() throws Exception {
            URI manifest = hub.server().uri().resolve("/v2/library/app/manifests/1.0");
            assertThat(get(manifest).statusCode()).isEqualTo(200);
            assertThat(get(manifest).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void aTestHasWaysOfItsOwn() {
        SampleRun.of(OneTest.class).succeeded(1);
    }

    @RegistryExtension
    static class OneTest {
        @Test
        void test(RegistryServer server, Faults faults) throws Exception {
            faults.on(anyRequest()).filter(RegistryProfile.dockerHub());

            assertThat(get(server.uri().resolve("/v2/_catalog")).statusCode()).isEqualTo(401);
            assertThat(faults).allHit();
        }
    }

    @Test
    void aFailureSaysFromWhichSeedTheChaosWas() {
        SampleRun run = SampleRun.of(Chaotic.class).failed(1);

        assertThat(run.failures().get(0).getSuppressed())
                .singleElement()
                .asString()
                .containsPattern("and had the ways of:\nGHCR: .*\nlegal chaos from seed [0-9]+$");
    }

    @RegistryExtension(profile = Profile.GHCR, legalChaos = true)
    static class Chaotic {
        @Test
        void fails(RegistryServer server) throws Exception {
            get(server.uri().resolve("/v2/"));
            throw new AssertionError("on purpose");
        }
    }

    @Test
    void aChaosIsHadAgain() {
        System.setProperty("berth.chaos.seed", "4711");
        try {
            SampleRun run = SampleRun.of(ChaoticInCode.class).failed(1);
            assertThat(run.failures().get(0).getSuppressed()[0]).hasMessageEndingWith("legal chaos from seed 4711");

            System.setProperty("berth.chaos.seed", "x");
            assertThat(SampleRun.of(Chaotic.class).failed(1).failures().get(0))
                    .hasMessageContaining("-Dberth.chaos.seed=4711, and not \"x\"");
        } finally {
            System.clearProperty("berth.chaos.seed");
        }
    }

    static class ChaoticInCode {
        @RegisterExtension
        final RegistryJUnitExtension registry =
                RegistryJUnitExtension.builder().legalChaos().build();

        @Test
        void fails() throws Exception {
            get(registry.server().uri().resolve("/v2/"));
            throw new AssertionError("on purpose");
        }
    }

    @Test
    void whatFailsBeforeOrAfterATestIsExplainedToo() {
        for (Class<?> sample : List.of(FailingBefore.class, FailingAfter.class)) {
            assertThat(SampleRun.of(sample).failed(1).failures().get(0).getSuppressed())
                    .singleElement()
                    .asString()
                    .contains("GET /v2/");
        }
    }

    @RegistryExtension
    static class FailingBefore {
        @BeforeEach
        void fails(RegistryServer server) throws Exception {
            get(server.uri().resolve("/v2/"));
            throw new AssertionError("on purpose");
        }

        @Test
        void test() {}
    }

    @RegistryExtension
    static class FailingAfter {
        @Test
        void test(RegistryServer server, Faults faults) throws Exception {
            faults.on(manifestGet()).status(503);
            get(server.uri().resolve("/v2/"));
        }

        @AfterEach
        void allFaultsHit(Faults faults) {
            assertThat(faults).allHit();
        }
    }

    @Test
    void aTagIsStaleThatTheTestMovedItself() {
        SampleRun.of(Stale.class).succeeded(1);
    }

    @RegistryExtension(images = "team/app:1.0")
    static class Stale {
        @Test
        void test(RegistryServer server, Faults faults) throws Exception {
            Image before = Image.pull(server.registry(), "team/app", "1.0");
            Image after = Image.random(7, 10).pushTo(server.registry(), "team/app", "1.0");
            faults.on(manifestGet()).once().staleTag();

            URI manifest = server.uri().resolve("/v2/team/app/manifests/1.0");
            assertThat(digest(get(manifest))).isEqualTo(before.digest().toString());
            assertThat(digest(get(manifest))).isEqualTo(after.digest().toString());
        }
    }

    private static String digest(HttpResponse<?> answer) {
        return answer.headers().firstValue("Docker-Content-Digest").orElse("none");
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
