package dev.berth.registry.image.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.Page;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.image.BrokenImages;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.NamedImage;
import dev.berth.registry.image.RandomImages;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciLayoutTest {

    private final Registry registry = new StoredRegistry(new MemoryStorage());

    @TempDir
    Path directory;

    @Test
    void imagesAreFoundByTagAndByWholeName() throws IOException {
        Image one = Image.random(1, 100);
        Image two = Image.random(2, 100);

        OciLayout layout =
                OciLayout.at(directory.resolve("new")).add(one, "1.0", "latest").add(two, "team/app:2.0");

        assertThat(layout.image("1.0")).isEqualTo(one);
        assertThat(layout.image("latest")).isEqualTo(one);
        assertThat(layout.image("2.0")).isEqualTo(two);
        assertThat(layout.image("team/app:2.0")).isEqualTo(two);
        assertThat(layout.images())
                .extracting(NamedImage::name)
                .containsExactly(Optional.of("1.0"), Optional.of("latest"), Optional.of("team/app:2.0"));
        assertThatThrownBy(() -> layout.image("3.0"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("it has 1.0, latest, team/app:2.0");
    }

    @Test
    void aNameGoesOverToTheImageAddedLast() throws IOException {
        OciLayout layout =
                OciLayout.at(directory).add(Image.random(1, 1), "1.0").add(Image.random(2, 1), "1.0");

        assertThat(layout.image("1.0")).isEqualTo(Image.random(2, 1));
        assertThat(layout.images()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyDigestSurvivesTheWayThroughADirectory(long seed) throws IOException {
        Image image = RandomImages.any(new Random(seed)).pushTo(registry, "team/app", "1.0");

        OciLayout.at(directory).add(Image.pull(registry, "team/app", "1.0"), "1.0");
        OciLayout.at(directory).image("1.0").pushTo(registry, "other/app", "1.0");

        assertThat(RandomImages.contents(Image.pull(registry, "other/app", "1.0")))
                .isEqualTo(RandomImages.contents(image));
    }

    @Test
    void aRepositoryGoesInAndOutWithItsTagsAndReferrers() throws IOException {
        Image arm = Image.builder().platform("linux/arm64").file("/a", "a").build();
        Image index =
                Image.index().add(Image.random(1, 10)).add(arm).build().pushTo(registry, "team/app", "1.0", "latest");
        Image signature = Image.artifact()
                .artifactType("a/signature")
                .subject(arm)
                .build()
                .pushTo(registry, "team/app");
        Image ofSignature = Image.artifact()
                .artifactType("a/timestamp")
                .subject(signature)
                .build()
                .pushTo(registry, "team/app");
        Registry other = new StoredRegistry(new MemoryStorage());

        OciLayout.at(directory).addAll(registry, "team/app").pushAllTo(other, "copy");

        RepositoryName copy = new RepositoryName("copy");
        assertThat(Image.pull(other, "copy", "latest")).isEqualTo(index);
        assertThat(Image.pull(other, "copy", ofSignature.digest().toString())).isEqualTo(ofSignature);
        assertThat(other.referrers(copy, arm.digest(), Optional.empty(), Optional.empty(), 9)
                        .items())
                .singleElement()
                .satisfies(found -> assertThat(found.digest()).isEqualTo(signature.digest()));
        assertThat(other.tags(copy, Optional.empty(), 9).map(Page::items).orElse(List.of()))
                .hasSize(2);
    }

    @Test
    void aChangedBlobIsNoticed() throws IOException {
        Image image = Image.random(1, 100);
        OciLayout layout = OciLayout.at(directory).add(image, "1.0");
        Digest layer = image.layers().get(0).digest();
        Files.writeString(directory.resolve("blobs/sha256").resolve(layer.hex()), "others");

        assertThatThrownBy(() -> layout.image("1.0").files()).isInstanceOf(IOException.class);
        Files.writeString(
                directory.resolve("blobs/sha256").resolve(image.digest().hex()), "{}");
        assertThatThrownBy(() -> layout.image("1.0"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are others");
    }

    @Test
    void whatIsWrongIsNotWrittenAndNothingIsLeftBehind() throws IOException {
        Image broken = BrokenImages.digestMismatch(Image.random(1, 100));
        OciLayout layout = OciLayout.at(directory);

        assertThatThrownBy(() -> layout.add(broken, "1.0")).isInstanceOf(IOException.class);

        assertThat(layout.images()).isEmpty();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("oci-layout", "blobs");
        }
    }

    @Test
    void whatIsNoLayoutIsRefused() throws IOException {
        assertThatThrownBy(() -> OciLayout.at(directory).images()).hasMessageContaining("is no OCI image layout");

        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        assertThatThrownBy(() -> OciLayout.at(directory).images())
                .hasMessageContaining("'2.0.0', and only 1.0.0 is known");
    }
}
