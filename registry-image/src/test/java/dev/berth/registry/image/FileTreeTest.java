package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.image.LayerEntry.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileTreeTest {

    @SafeVarargs
    private static FileTree merged(UnaryOperator<LayerBuilder>... layers) throws IOException {
        ImageBuilder image = Image.builder();
        Arrays.asList(layers).forEach(image::layer);
        return image.build().files();
    }

    private static List<String> paths(FileTree tree) {
        return tree.all().stream().map(ImageFile::path).toList();
    }

    @Test
    void upperLayersReplaceFiles() throws IOException {
        FileTree tree = merged(l -> l.file("/a", "old").file("/b", "b"), l -> l.file("/a", "new"));

        assertThat(tree.read("/a")).isEqualTo("new");
        assertThat(tree.read("b")).isEqualTo("b");
    }

    @Test
    void whiteoutsTakeAwayWhatIsBelowAndNotWhatIsBeside() throws IOException {
        FileTree tree = merged(
                l -> l.file("/dir/a", "a")
                        .file("/dir/b", "b")
                        .file("/dir.txt", "x")
                        .file("/gone", "g"),
                l -> l.whiteout("/dir").file("/dir/c", "c").whiteout("/gone").whiteout("/never"));

        assertThat(paths(tree)).containsExactly("/dir", "/dir.txt", "/dir/c");
    }

    @Test
    void anOpaqueDirectoryHidesAllThatWasInIt() throws IOException {
        FileTree tree = merged(
                l -> l.file("/dir/a/deep", "a").file("/dir/b", "b").file("/dir-x", "x"),
                l -> l.file("/dir/c", "c").opaque("/dir"));

        assertThat(paths(tree)).containsExactly("/dir", "/dir-x", "/dir/c");
    }

    @Test
    void anOpaqueRootHidesEverything() throws IOException {
        FileTree tree = merged(l -> l.file("/a", "a"), l -> l.opaque("").file("/b", "b"));

        assertThat(paths(tree)).containsExactly("/b");
    }

    @Test
    void hardLinksAreTheFilesTheyName() throws IOException {
        FileTree tree = merged(
                l -> l.file("/a", "first", Attributes.executable()).hardLink("/b", "/a"), l -> l.file("/a", "second"));

        assertThat(tree.read("/b")).isEqualTo("first");
        assertThat(tree.find("/b").orElseThrow().mode()).isEqualTo(0755);
        assertThat(tree.read("/a")).isEqualTo("second");
    }

    @Test
    void aHardLinkToNothingIsShownAsOne() throws IOException {
        FileTree tree = merged(l -> l.hardLink("/b", "/a"));

        assertThat(tree.find("/b").orElseThrow().kind()).isEqualTo(Kind.HARD_LINK);
        assertThatThrownBy(() -> tree.read("/b")).hasMessageContaining("is no file");
    }

    @Test
    void symbolicLinksAreFollowedAndNeverOutOfTheRoot() throws IOException {
        FileTree tree = merged(l -> l.file("/usr/lib/x.so", "so")
                .symlink("/lib", "usr/lib")
                .symlink("/abs", "/usr/lib/x.so")
                .symlink("/usr/up", "../../../lib/x.so")
                .symlink("/dangling", "/nowhere"));

        assertThat(tree.read("/lib/x.so")).isEqualTo("so");
        assertThat(tree.read("/abs")).isEqualTo("so");
        assertThat(tree.read("/usr/up")).isEqualTo("so");
        assertThat(tree.find("/dangling")).isEmpty();
        assertThat(tree.findLink("/dangling").orElseThrow().target()).isEqualTo("/nowhere");
        assertThat(tree.list("/lib")).extracting(ImageFile::path).containsExactly("/usr/lib/x.so");
    }

    @Test
    void aLoopOfLinksEnds() throws IOException {
        FileTree tree = merged(l -> l.symlink("/a", "b").symlink("/b", "a"));

        assertThatThrownBy(() -> tree.find("/a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 40 symbolic links");
    }

    @Test
    void anUpperLayerWritesThroughALinkToADirectoryBelow() throws IOException {
        FileTree tree = merged(l -> l.directory("/usr/lib").symlink("/lib", "usr/lib"), l -> l.file("/lib/x.so", "so"));

        assertThat(tree.findLink("/lib").orElseThrow().kind()).isEqualTo(Kind.SYMLINK);
        assertThat(tree.read("/usr/lib/x.so")).isEqualTo("so");
    }

    @Test
    void filesAndDirectoriesReplaceEachOther() throws IOException {
        FileTree tree = merged(
                l -> l.file("/a/x", "x").file("/b", "b"), l -> l.file("/a", "a").file("/b/y", "y"));

        assertThat(paths(tree)).containsExactly("/a", "/b", "/b/y");
        assertThat(tree.find("/b").orElseThrow().kind()).isEqualTo(Kind.DIRECTORY);
    }

    @Test
    void aDirectoryListsItsChildrenOnly() throws IOException {
        FileTree tree = merged(l -> l.file("/d/a/deep", "1")
                .file("/d/a-b", "2")
                .file("/d/a.txt", "3")
                .file("/d/z", "4")
                .file("/da", "5"));

        assertThat(tree.list("/d"))
                .extracting(ImageFile::path)
                .containsExactlyInAnyOrder("/d/a", "/d/a-b", "/d/a.txt", "/d/z");
        assertThat(tree.list("/")).extracting(ImageFile::path).containsExactly("/d", "/da");
        assertThatThrownBy(() -> tree.list("/da")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> tree.read("/nope")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> tree.read("/d")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void anyCompressionIsRead(Compression compression) throws IOException {
        Image image = Image.builder()
                .compression(compression)
                .file("/a", "a".repeat(100_000))
                .build();

        assertThat(image.files().read("/a")).hasSize(100_000);
    }

    @Test
    void anEntryThatLeadsOutOfTheRootIsRefused() {
        Image image = Image.builder()
                .layer(l -> l.unchecked("../../etc/passwd", "evil"))
                .build();

        assertThatThrownBy(image::files).isInstanceOf(IOException.class).hasMessageContaining("leads out of the root");
    }

    @Test
    void aPathWithoutEndIsRefused() {
        Image image = Image.builder().file("/" + "d/".repeat(3000), "x").build();

        assertThatThrownBy(image::files).isInstanceOf(IOException.class).hasMessageContaining("more than 4096");
    }
}
