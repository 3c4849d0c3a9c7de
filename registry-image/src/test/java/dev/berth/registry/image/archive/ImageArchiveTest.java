package dev.berth.registry.image.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.image.BrokenImages;
import dev.berth.registry.image.ByteSource;
import dev.berth.registry.image.Compression;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.ImageConfig;
import dev.berth.registry.image.Layer;
import dev.berth.registry.image.LayerEntry;
import dev.berth.registry.image.NamedImage;
import dev.berth.registry.image.RandomImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageArchiveTest {

    @TempDir
    Path directory;

    private Path tar;

    @BeforeEach
    void nameTar() {
        tar = directory.resolve("images.tar");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyDigestSurvivesTheWayThroughATar(long seed) throws IOException {
        Image image = RandomImages.any(new Random(seed));

        ImageArchive.write(tar, image, "team/app:1.0");

        try (ImageArchive archive = ImageArchive.open(tar)) {
            assertThat(RandomImages.contents(archive.image("team/app:1.0"))).isEqualTo(RandomImages.contents(image));
            assertThat(archive.image("1.0")).isEqualTo(image);
        }
    }

    @Test
    void anArchiveHoldsSeveralImagesAndIsTheSameEachTime() throws IOException {
        Path again = directory.resolve("again.tar");
        for (Path path : new Path[] {tar, again}) {
            try (ImageArchiveWriter writer = ImageArchiveWriter.create(path)) {
                writer.add(Image.random(1, 10), "a:1")
                        .add(Image.random(2, 10), "b:1", "b:2")
                        .add(Image.random(3, 10));
            }
        }

        assertThat(tar).hasSameBinaryContentAs(again);
        try (ImageArchive archive = ImageArchive.open(tar)) {
            assertThat(archive.images())
                    .extracting(NamedImage::name)
                    .containsExactly(Optional.of("a:1"), Optional.of("b:1"), Optional.of("b:2"), Optional.empty());
            assertThatThrownBy(() -> archive.image("c:1"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("it has a:1, b:1, b:2");
        }
    }

    @Test
    void theOlderFormOfDockerIsRead() throws IOException {
        Layer one =
                Layer.builder().file("/a", "a").compression(Compression.NONE).build();
        Layer two =
                Layer.builder().file("/b", "b").compression(Compression.NONE).build();
        Image original =
                Image.builder().layer(one).layer(two).layer(one).label("k", "v").build();
        writeTar(
                file("abc.json", original.configBytes()),
                file("1/layer.tar", one.open().readAllBytes()),
                file("2/layer.tar", two.open().readAllBytes()),
                link("3/layer.tar", "../1/layer.tar"),
                file(
                        "manifest.json",
                        ("[{\"Config\":\"abc.json\",\"RepoTags\":[\"team/app:1.0\"],\"Parent\":{},"
                                + "\"Layers\":[\"1/layer.tar\",\"2/layer.tar\",\"3/layer.tar\"]}]")));

        try (ImageArchive archive = ImageArchive.open(tar)) {
            Image image = archive.image("team/app:1.0");
            ImageConfig config = image.config();
            assertThat(config).isEqualTo(original.config());
            assertThat(image.configBytes()).isEqualTo(original.configBytes());
            assertThat(image.layers()).extracting(Layer::digest).containsExactlyElementsOf(config.diffIds());
            assertThat(image.files().read("/b")).isEqualTo("b");
            assertThat(image.mediaType()).contains("docker");
            assertThat(archive.image("1.0")).isEqualTo(image);
            assertThat(archive.images()).hasSize(1);
        }
    }

    @Test
    void theFormOfDockerWithALayoutInsideIsReadWithoutTheLayoutToo() throws IOException {
        Image image = Image.builder().file("/a", "a").build();
        ImageArchive.write(tar, image, "team/app:1.0");
        try (ImageArchive archive = ImageArchive.open(tar);
                TarFiles files = TarFiles.open(tar)) {
            assertThat(archive.image("team/app:1.0")).isEqualTo(image);
            Image asDocker = DockerSave.read(files).find("team/app:1.0").orElseThrow();
            assertThat(asDocker.config()).isEqualTo(image.config());
            assertThat(asDocker.layers())
                    .extracting(Layer::digest)
                    .containsExactly(image.layers().get(0).digest());
        }
    }

    @Test
    void aTarWhoseEntriesLeadOutOfItIsRefused() throws IOException {
        for (String name : new String[] {"../../etc/passwd", "/../x", "a/../../x"}) {
            writeTar(file(name, "evil"), file("oci-layout", "{}"));
            assertThatThrownBy(() -> ImageArchive.open(tar))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("leads out of it");
        }
        writeTar(link("1/layer.tar", "../../../etc/passwd"));
        assertThatThrownBy(() -> ImageArchive.open(tar)).hasMessageContaining("leads out of it");
    }

    @Test
    void aManifestThatNamesFilesOutsideGetsNone() throws IOException {
        writeTar(
                file("c.json", "{}"),
                file(
                        "manifest.json",
                        "[{\"Config\":\"c.json\",\"RepoTags\":[\"a:1\"],\"Layers\":[\"../../etc/passwd\"]}]"));

        try (ImageArchive archive = ImageArchive.open(tar)) {
            assertThatThrownBy(() -> archive.image("a:1")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void linksInACircleLeadNowhere() throws IOException {
        writeTar(
                file("c.json", "{}"),
                link("x", "y"),
                link("y", "x"),
                file("manifest.json", "[{\"Config\":\"c.json\",\"RepoTags\":[\"a:1\"],\"Layers\":[\"x\"]}]"));

        try (ImageArchive archive = ImageArchive.open(tar)) {
            assertThatThrownBy(() -> archive.image("a:1")).hasMessageContaining("does not have it");
        }
    }

    @Test
    void whatIsNoArchiveOfImagesIsRefused() throws IOException {
        writeTar(file("hello", "hello"));
        assertThatThrownBy(() -> ImageArchive.open(tar)).hasMessageContaining("neither oci-layout nor manifest.json");

        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tar))) {
            out.write(1);
        }
        assertThatThrownBy(() -> ImageArchive.open(tar)).hasMessageContaining("decompress it first");

        ImageArchive.write(tar, Image.random(1, 5000), "a:1");
        Path cut = directory.resolve("cut.tar");
        Files.write(cut, ByteSource.of(tar).open().readNBytes(3000));
        assertThatThrownBy(() -> ImageArchive.open(cut)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatShouldBeSmallAndIsNotIsRefused() throws IOException {
        writeTar(file("manifest.json", "[" + " ".repeat(9 << 20) + "]"));

        assertThatThrownBy(() -> ImageArchive.open(tar)).hasMessageContaining("which is the limit");
    }

    @Test
    void whereAnImageIsWrongNoArchiveIsMade() throws IOException {
        Image broken = BrokenImages.digestMismatch(Image.random(1, 100));

        assertThatThrownBy(() -> ImageArchive.write(tar, broken, "a:1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are others");

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void imagesOfAnArchiveHaveFiles() throws IOException {
        ImageArchive.write(tar, Image.builder().file("/etc/motd", "hello").build(), "1.0");

        try (ImageArchive archive = ImageArchive.open(tar)) {
            Image image = archive.image("1.0");
            assertThat(image.files().read("/etc/motd")).isEqualTo("hello");
            assertThat(image.layers().get(0).entries())
                    .extracting(LayerEntry::path)
                    .containsExactly("etc/motd");
        }
    }

    private record Entry(String name, String link, byte[] content) {}

    private static Entry file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static Entry file(String name, byte[] content) {
        return new Entry(name, "", content);
    }

    private static Entry link(String name, String target) {
        return new Entry(name, target, new byte[0]);
    }

    private void writeTar(Entry... entries) throws IOException {
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
            for (Entry entry : entries) {
                TarArchiveEntry header = new TarArchiveEntry(
                        entry.name(), entry.link().isEmpty() ? TarConstants.LF_NORMAL : TarConstants.LF_SYMLINK, true);
                header.setLinkName(entry.link());
                header.setSize(entry.content().length);
                out.putArchiveEntry(header);
                out.write(entry.content());
                out.closeArchiveEntry();
            }
        }
    }
}
