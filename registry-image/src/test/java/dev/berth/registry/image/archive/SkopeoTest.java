package dev.berth.registry.image.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.image.Compression;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.ImageFormat;
import dev.berth.registry.image.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    static void needsSkopeo() throws Exception {
        boolean installed;
        try {
            installed = new ProcessBuilder("skopeo", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "skopeo is not installed");
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

        skopeo("copy", "--all", "oci:layout:1.0", "oci:copy:2.0");

        assertThat(OciLayout.at(directory.resolve("copy")).image("2.0")).isEqualTo(index);
        assertThat(skopeo("inspect", "oci:copy:2.0")).contains("\"team\": \"demo\"");
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void readsAnArchiveAsALayoutAndAsDockers(ImageFormat format) throws Exception {
        Image image =
                Image.builder().from(image()).format(format).file("/new", "new").build();
        ImageArchive.write(directory.resolve("images.tar"), image, "team/app:1.0");

        String docker = skopeo("inspect", "docker-archive:images.tar:team/app:1.0");
        String config = skopeo("inspect", "--config", "docker-archive:images.tar");

        assertThat(docker).contains("\"team\": \"demo\"");
        assertThat(config).contains("/bin/app");
        if (format == ImageFormat.OCI) {
            skopeo("copy", "oci-archive:images.tar:1.0", "oci:copy:1.0");
            assertThat(OciLayout.at(directory.resolve("copy")).image("1.0")).isEqualTo(image);
        }
    }

    @Test
    void whatItSavesAsDockerOnceDidIsRead() throws Exception {
        OciLayout.at(directory.resolve("layout")).add(image(), "1.0");
        skopeo("copy", "oci:layout:1.0", "docker-archive:saved.tar:team/app:1.0");

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

    private String skopeo(String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output);
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
