package dev.berth.registry.image.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.image.Compression;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.ImageFormat;
import dev.berth.registry.image.Layer;
import dev.berth.registry.image.Skopeo;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What skopeo thinks of what is written here, and the other way round; left out where it is not installed. */
class SkopeoTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void needsSkopeo() {
        Skopeo.assumeInstalled();
    }

    private static Image image() {
        return Image.builder()
                .layer(layer -> layer.file("/etc/motd", "hello").symlink("/motd", "etc/motd"))
                .layer(Layer.random(1, 100_000))
                .label("team", "demo")
                .entrypoint("/bin/app")
                .build();
    }

    @Test
    void readsALayoutAndCopiesItWithoutChangingADigest() throws Exception {
        Image index = Image.index()
                .add(image())
                .add(Image.builder()
                        .platform("linux/arm64")
                        .file("/a", "a")
                        .compression(Compression.ZSTD)
                        .build())
                .build();
        OciLayout.at(directory.resolve("layout")).add(index, "1.0");

        skopeo().run("copy", "--all", "oci:layout:1.0", "oci:copy:2.0");

        assertThat(OciLayout.at(directory.resolve("copy")).image("2.0")).isEqualTo(index);
        assertThat(skopeo().run("inspect", "oci:copy:2.0")).contains("\"team\": \"demo\"");
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void readsAnArchiveAsALayoutAndAsDockers(ImageFormat format) throws Exception {
        Image image =
                Image.builder().from(image()).format(format).file("/new", "new").build();
        ImageArchive.write(directory.resolve("images.tar"), image, "team/app:1.0");

        String docker = skopeo().run("inspect", "docker-archive:images.tar:team/app:1.0");
        String config = skopeo().run("inspect", "--config", "docker-archive:images.tar");

        assertThat(docker).contains("\"team\": \"demo\"");
        assertThat(config).contains("/bin/app");
        if (format == ImageFormat.OCI) {
            skopeo().run("copy", "oci-archive:images.tar:1.0", "oci:copy:1.0");
            assertThat(OciLayout.at(directory.resolve("copy")).image("1.0")).isEqualTo(image);
        }
    }

    @Test
    void whatItSavesAsDockerOnceDidIsRead() throws Exception {
        OciLayout.at(directory.resolve("layout")).add(image(), "1.0");
        skopeo().run("copy", "oci:layout:1.0", "docker-archive:saved.tar:team/app:1.0");

        try (ImageArchive archive = ImageArchive.open(directory.resolve("saved.tar"))) {
            Image saved = archive.images().get(0).image();
            assertThat(saved.config().diffIds()).isEqualTo(image().config().diffIds());
            assertThat(saved.layers())
                    .extracting(Layer::digest)
                    .isEqualTo(image().config().diffIds());
            assertThat(saved.files().read("/motd")).isEqualTo("hello");
            assertThat(saved.config().entrypoint()).containsExactly("/bin/app");
        }
    }

    private Skopeo skopeo() {
        return new Skopeo(directory);
    }
}
