package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.image.LayerEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayerTest {

    @ParameterizedTest
    @EnumSource(Compression.class)
    void entriesAreReadAsTheyWereWritten(Compression compression) throws IOException {
        Instant time = Instant.parse("2020-01-02T03:04:05Z");
        Layer layer = Layer.builder()
                .compression(compression)
                .hardLink("/app/again", "/app/run")
                .file("/app/run", "text", new Attributes(04750, 1000, 3_000_000, time))
                .directory("/app", Attributes.directory().withMode(0700))
                .symlink("/bin", "usr/bin")
                .whiteout("/etc/passwd")
                .opaque("/var")
                .build();

        assertThat(layer.compression()).isEqualTo(compression);
        assertThat(layer.entries())
                .containsExactly(
                        new LayerEntry(
                                "app", Kind.DIRECTORY, 0, Attributes.directory().withMode(0700), ""),
                        new LayerEntry("app/run", Kind.FILE, 4, new Attributes(04750, 1000, 3_000_000, time), ""),
                        new LayerEntry("bin", Kind.SYMLINK, 0, Attributes.file().withMode(0777), "usr/bin"),
                        new LayerEntry("etc/.wh.passwd", Kind.FILE, 0, Attributes.file(), ""),
                        new LayerEntry("var/.wh..wh..opq", Kind.FILE, 0, Attributes.file(), ""),
                        new LayerEntry("app/again", Kind.HARD_LINK, 0, Attributes.file(), "app/run"));
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void digestSizeAndDiffIdAreThoseOfTheBytes(Compression compression) throws IOException {
        Layer layer = Layer.builder()
                .random("/r", 7, 300_000)
                .file("/text", "abc".repeat(100_000))
                .compression(compression)
                .build();

        byte[] stored = layer.open().readAllBytes();
        byte[] tar = layer.openTar().readAllBytes();

        assertThat(stored).hasSize(Math.toIntExact(layer.size()));
        assertThat(Digest.of(stored)).isEqualTo(layer.digest());
        assertThat(Digest.of(tar)).isEqualTo(layer.diffId());
        assertThat(Layer.ofBytes(layer.mediaType(), ByteSource.of(stored)).diffId())
                .isEqualTo(layer.diffId());
        assertThat(Layer.ofTar(ByteSource.of(tar), compression).digest()).isEqualTo(layer.digest());
    }

    @Test
    void theOrderOfCallsDoesNotMatter() {
        Layer one = Layer.builder()
                .file("/a", "1")
                .file("/b", "2")
                .hardLink("/0", "/b")
                .build();
        Layer other = Layer.builder()
                .hardLink("0", "b")
                .file("b", "2")
                .file("./a", "1")
                .build();

        assertThat(one).isEqualTo(other);
    }

    @Test
    void neitherUserNorTimeOfThisMachineAreInATar() throws IOException {
        byte[] tar = Layer.of("/a", "a").openTar().readAllBytes();

        assertThat(new String(tar, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(System.getProperty("user.name"));
    }

    @Test
    void longAndForeignNamesSurvive() throws IOException {
        String longName = "/" + "d/".repeat(120) + "datei-ä-漢";

        Layer layer = Layer.of(longName, "x");

        assertThat(layer.entries()).extracting(LayerEntry::path).containsExactly(longName.substring(1));
    }

    @Test
    void aBigLayerIsMadeWhileItIsReadAndNeverHeld() throws IOException {
        AtomicInteger openings = new AtomicInteger();
        long size = 300L << 20;
        ByteSource counted = ByteSource.of(size, () -> {
            openings.incrementAndGet();
            return new Zeros(size);
        });
        Layer layer = Layer.builder()
                .file("/zeros", counted, Attributes.file())
                .compression(Compression.NONE)
                .build();

        assertThat(layer.size()).isGreaterThan(size);
        assertThat(openings).hasValue(1);
        try (InputStream in = layer.open()) {
            assertThat(in.readNBytes(1024)).hasSize(1024);
        }
        assertThat(openings).hasValueBetween(1, 2);
    }

    @Test
    void aDirectoryOnDiskBecomesALayer(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("sub"));
        Files.writeString(directory.resolve("sub/b.txt"), "bb");
        Files.writeString(directory.resolve("a.txt"), "a");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("sub/b.txt"));

        Layer layer = Layer.builder().tree("/opt", directory).build();

        assertThat(layer.entries())
                .extracting(LayerEntry::path)
                .containsExactly("opt/a.txt", "opt/link", "opt/sub", "opt/sub/b.txt");
        List<String> contents = new ArrayList<>();
        layer.forEachEntry((entry, content) -> contents.add(new String(content.readAllBytes())));
        assertThat(contents).containsExactly("a", "", "", "bb");
    }

    @Test
    void pathsStayBelowTheRoot() {
        for (String path : List.of("", "/", "..", "/a/../b", ".")) {
            assertThatThrownBy(() -> Layer.builder().file(path, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("below the root");
        }
    }

    @Test
    void aPathHasOneEntry() {
        assertThatThrownBy(() -> Layer.builder().file("/a", "1").file("a", "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a\" is in the layer already");
    }

    @Test
    void bytesThatAreOthersAreNoticed() throws IOException {
        Layer good = Layer.of("/a", "a");
        byte[] bytes = good.open().readAllBytes();
        bytes[20] ^= 1;
        Layer wrong = new Layer(good.descriptor(), ByteSource.of(bytes), java.util.Optional.empty());
        Layer shorter = new Layer(
                good.descriptor(), ByteSource.of(java.util.Arrays.copyOf(bytes, 30)), java.util.Optional.empty());

        assertThatThrownBy(() -> wrong.open().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are others: their digest is");
        assertThatThrownBy(wrong::entries).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> shorter.open().readAllBytes()).hasMessageContaining("and has 30");
    }

    @Test
    void whatIsNoTarIsRefused() {
        Layer text = Layer.ofBytes("text/plain", ByteSource.of("hello, I am no tar at all ".repeat(100)));

        assertThatThrownBy(text::entries).isInstanceOf(IOException.class);
    }

    @Test
    void attributesAreChecked() {
        assertThatThrownBy(() -> Attributes.file().withMode(0100644)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Attributes.file().withOwner(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteSource.random(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** So many zeros, from no memory. */
    private static final class Zeros extends InputStream {

        private long left;

        Zeros(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = (int) Math.min(left, length);
            left -= count;
            return count == 0 ? -1 : new ByteArrayInputStream(new byte[count]).read(target, offset, count);
        }
    }
}
