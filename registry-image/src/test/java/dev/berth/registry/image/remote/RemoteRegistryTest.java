package dev.berth.registry.image.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.RandomImages;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.testkit.registry.RegistryContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry elsewhere does what any registry does; it is served by Jetty here. */
class RemoteRegistryTest extends RegistryContract {

    private static final RepositoryName APP = new RepositoryName("team/app");

    private final RegistryServer server = RegistryServer.start();
    private final RemoteRegistry remote = RemoteRegistry.at(server.uri());

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected Registry registry() {
        return remote;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void imagesGoThereAndComeBackAsTheyWere(long seed) throws IOException {
        Image image = RandomImages.any(new Random(seed)).pushTo(remote, "team/app", "1.0");

        Image there = Image.pull(server.registry(), "team/app", "1.0");
        Image back = Image.pull(remote, "team/app", "1.0");

        assertThat(RandomImages.contents(there)).isEqualTo(RandomImages.contents(image));
        assertThat(RandomImages.contents(back)).isEqualTo(RandomImages.contents(image));
    }

    @Test
    void aLayerOfManyPiecesIsPushedAndRead() throws IOException {
        Image image = Image.random(1, 10 << 20).pushTo(remote, "team/app", "1.0");

        assertThat(Image.pull(remote, "team/app", "1.0")
                        .files()
                        .find("/random.bin")
                        .orElseThrow()
                        .size())
                .isEqualTo(10 << 20);
        assertThat(Image.pull(remote, "team/app", "1.0").layers()).isEqualTo(image.layers());
    }

    @Test
    void aBlobIsReadFromAnywhere() throws IOException {
        Image image = Image.random(1, 100_000).pushTo(remote, "team/app", "1.0");
        byte[] whole = image.layers().get(0).open().readAllBytes();

        try (BlobContent content =
                remote.blob(APP, image.layers().get(0).digest()).orElseThrow().open()) {
            for (int position : new int[] {50_000, 0, 99_999, 3}) {
                ByteBuffer one = ByteBuffer.allocate(1);
                assertThat(content.read(one, position)).isEqualTo(1);
                assertThat(one.get(0)).isEqualTo(whole[position]);
            }
            assertThat(content.read(ByteBuffer.allocate(1), content.size())).isEqualTo(-1);
        }
    }

    @Test
    void aMountElsewhereSendsNoBytes() throws IOException {
        Image.random(1, 100).pushTo(remote, "team/app", "1.0");

        Image.pull(remote, "team/app", "1.0").pushTo(remote, "team/release", "1.0");

        assertThat(Image.pull(server.registry(), "team/release", "1.0").files().contains("/random.bin"))
                .isTrue();
    }

    @Test
    void referrersComePageByPage() throws IOException {
        Image image = Image.random(1, 100).pushTo(remote, "team/app", "1.0");
        List<Digest> pushed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pushed.add(Image.artifact()
                    .artifactType("a/b")
                    .annotation("n", "" + i)
                    .subject(image)
                    .build()
                    .pushTo(remote, "team/app")
                    .digest());
        }

        List<Digest> found = new ArrayList<>();
        Optional<Digest> after = Optional.empty();
        boolean more = true;
        while (more) {
            var page = remote.referrers(APP, image.digest(), Optional.of("a/b"), after, 2);
            page.items().stream().map(Descriptor::digest).forEach(found::add);
            after = Optional.of(found.get(found.size() - 1));
            more = page.more();
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(pushed).isSorted();
    }

    @Test
    void aWatchIsRefused() throws IOException {
        Image image = Image.random(1, 1).pushTo(remote, "team/app", "1.0");
        TagWatch watch = new TagWatch() {};

        assertThatThrownBy(() -> remote.deleteTag(APP, new Tag("1.0"), watch)).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> remote.putManifest(APP, image.manifest(), List.of(), watch))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void aRegistryThatIsNotThereIsTrouble() {
        server.close();

        assertThatThrownBy(() -> Image.pull(remote, "team/app", "1.0")).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoRegistryIsRefused() {
        assertThatThrownBy(() -> RemoteRegistry.at(URI.create("ftp://host")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RemoteRegistry.at(URI.create("https:///x")))
                .isInstanceOf(IllegalArgumentException.class);
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThatThrownBy(() -> RemoteRegistry.at(server.uri(), Credentials.none(), following, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not follow redirects");
    }
}
