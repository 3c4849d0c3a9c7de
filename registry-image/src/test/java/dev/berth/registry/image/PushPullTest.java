package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Blob;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Page;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.layer.ForwardingRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushPullTest {

    private static final RepositoryName APP = new RepositoryName("team/app");

    private final Registry registry = new StoredRegistry(new MemoryStorage());

    @Test
    void anImageIsPulledAsItWasPushed() throws IOException {
        Image image = Image.builder()
                .layer(l -> l.file("/app/greeting", "hello"))
                .label("team", "demo")
                .build();

        Image pushed = image.pushTo(registry, "team/app", "1.0", "latest");

        Image pulled = Image.pull(registry, "team/app", "1.0");
        assertThat(pushed).isSameAs(image);
        assertThat(pulled).isEqualTo(image);
        assertThat(pulled.config()).isEqualTo(image.config());
        assertThat(pulled.layers()).isEqualTo(image.layers());
        assertThat(pulled.files().read("/app/greeting")).isEqualTo("hello");
        assertThat(Image.pull(registry, "team/app", image.digest().toString())).isEqualTo(image);
        assertThat(registry.tags(APP, Optional.empty(), 9).map(Page::items))
                .contains(List.of(new Tag("1.0"), new Tag("latest")));
    }

    @Test
    void anIndexComesWithAllThatIsInIt() throws IOException {
        Image amd = Image.builder().file("/which", "amd").build();
        Image arm =
                Image.builder().file("/which", "arm").platform("linux/arm64").build();
        Image index = Image.index().add(amd).add(Image.index().add(arm).build()).build();

        index.pushTo(registry, "team/app", "1.0");

        Image pulled = Image.pull(registry, "team/app", "1.0");
        assertThat(pulled.forPlatform("linux/arm64").files().read("/which")).isEqualTo("arm");
        assertThat(pulled.manifests()).hasSize(2);
        assertThat(registry.tags(APP, Optional.empty(), 9).map(Page::items)).contains(List.of(new Tag("1.0")));
    }

    @Test
    void anArtifactBecomesAReferrer() throws IOException {
        Image image = Image.random(1, 100).pushTo(registry, "team/app", "1.0");
        Image signature = Image.artifact()
                .artifactType("application/vnd.example.signature")
                .file("sig", "application/octet-stream", "signed")
                .subject(image)
                .build()
                .pushTo(registry, "team/app");

        assertThat(registry.referrers(APP, image.digest(), Optional.empty(), Optional.empty(), 9)
                        .items())
                .extracting(Descriptor::digest)
                .containsExactly(signature.digest());
    }

    @Test
    void whatIsPulledCanBePushedElsewhere() throws IOException {
        Image index = Image.index()
                .add(Image.random(1, 100))
                .add(Image.random(2, 100))
                .build();
        Registry other = new StoredRegistry(new MemoryStorage());

        index.pushTo(registry, "team/app", "1.0");
        Image.pull(registry, "team/app", "1.0").pushTo(other, "mirror", "copy");

        Image copy = Image.pull(other, "mirror", "copy");
        assertThat(copy).isEqualTo(index);
        assertThat(copy.manifests()
                        .get(1)
                        .files()
                        .find("/random.bin")
                        .orElseThrow()
                        .size())
                .isEqualTo(100);
    }

    @Test
    void aRepositoryIsCopiedWithItsReferrers() throws IOException {
        Image image = Image.random(1, 100).pushTo(registry, "team/app", "1.0", "latest");
        Image signature =
                Image.artifact().artifactType("a/b").subject(image).build().pushTo(registry, "team/app");
        Registry other = new StoredRegistry(new MemoryStorage());

        for (NamedImage found : NamedImage.all(registry, "team/app")) {
            found.image().pushTo(other, "mirror", found.tags());
        }

        assertThat(Image.pull(other, "mirror", "latest")).isEqualTo(image);
        assertThat(Image.pull(other, "mirror", signature.digest().toString())).isEqualTo(signature);
        assertThat(NamedImage.all(registry, "team/none")).isEmpty();
    }

    @Test
    void withinOneRegistryBlobsAreMounted() throws IOException {
        List<Digest> mounted = new ArrayList<>();
        Registry watched = new ForwardingRegistry(registry) {
            @Override
            public Optional<Blob> mountBlob(RepositoryName to, Digest digest, Optional<RepositoryName> from)
                    throws IOException {
                assertThat(from).contains(APP);
                mounted.add(digest);
                return super.mountBlob(to, digest, from);
            }
        };
        Image image = Image.random(1, 100).pushTo(watched, "team/app", "1.0");

        Image.pull(watched, "team/app", "1.0").pushTo(watched, "team/release", "1.0");

        assertThat(mounted)
                .containsExactly(
                        image.manifest().config().orElseThrow().digest(),
                        image.layers().get(0).digest());
        assertThat(Image.pull(registry, "team/release", "1.0").files().contains("/random.bin"))
                .isTrue();
    }

    @Test
    void whatIsThereIsNotSentAgain() throws IOException {
        Image image = Image.random(1, 100).pushTo(registry, "team/app", "1.0");
        Image without = Image.of(image.manifest(), new MemorySource(java.util.Map.of(), java.util.Map.of()));

        without.pushTo(registry, "team/app", "2.0");

        assertThat(Image.pull(registry, "team/app", "2.0")).isEqualTo(image);
        assertThatThrownBy(() -> without.pushTo(registry, "team/other", "2.0"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is missing where the image comes from");
    }

    @Test
    void aTagThatIsNotThereIsAnsweredWithThoseThatAre() throws IOException {
        Image.random(1, 1).pushTo(registry, "team/app", "1.0", "latest");

        assertThatThrownBy(() -> Image.pull(registry, "team/app", "2.0"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN))
                .hasMessageContaining("its tags are 1.0, latest");
        assertThatThrownBy(() -> Image.pull(registry, "team/none", "2.0"))
                .hasMessageContaining("there is no such repository");
        assertThat(Image.find(registry, "team/app", "2.0")).isEmpty();
    }

    @Test
    void aWrongNameIsRefused() {
        assertThatThrownBy(() -> Image.random(1, 1).pushTo(registry, "Team/App", "1.0"))
                .isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> Image.random(1, 1).pushTo(registry, "team/app", "-"))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void anUploadThatFailsLeavesNoSession() throws IOException {
        MemoryStorage storage = new MemoryStorage();
        Image image = Image.random(1, 1000);
        Image broken = Image.of(image.manifest(), new ContentSource() {
            @Override
            public Optional<Image> manifest(Descriptor descriptor) {
                return Optional.empty();
            }

            @Override
            public Optional<ByteSource> blob(Descriptor descriptor) {
                return Optional.of(ByteSource.of("others"));
            }
        });

        assertThatThrownBy(() -> broken.pushTo(new StoredRegistry(storage), "team/app", "1.0"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID));
        storage.blobs().forEachUpload(left -> {
            throw new AssertionError("left over: " + left);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyTreeOfImagesKeepsItsDigests(long seed) throws IOException {
        Image image = RandomImages.any(new Random(seed));

        image.pushTo(registry, "team/app", "1.0");

        Image pulled = Image.pull(registry, "team/app", "1.0");
        assertThat(RandomImages.contents(pulled)).isEqualTo(RandomImages.contents(image));
        assertThat(RandomImages.any(new Random(seed))).isEqualTo(image);
    }
}
