package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BrokenImagesTest {

    private static final RepositoryName APP = new RepositoryName("team/app");

    private final MemoryStorage storage = new MemoryStorage();
    private final Registry registry = new StoredRegistry(storage);
    private final Image good = Image.builder().file("/a", "a").file("/b", "b").build();

    private Image planted(Image broken) throws IOException {
        broken.plantIn(storage, "team/app", "broken");
        return Image.pull(registry, "team/app", "broken");
    }

    private Image pushed(Image broken) throws IOException {
        broken.pushTo(registry, "team/app", "broken");
        return Image.pull(registry, "team/app", "broken");
    }

    @Test
    void aDigestMismatchIsServedAndNoticed() throws IOException {
        Image broken = BrokenImages.digestMismatch(good);

        assertThatThrownBy(() -> pushed(broken)).isInstanceOf(RegistryException.class);
        Layer layer = planted(broken).layers().get(1);
        assertThat(registry.blob(APP, layer.digest()).orElseThrow().descriptor().size())
                .isEqualTo(layer.size());
        assertThatThrownBy(() -> layer.open().readAllBytes()).hasMessageContaining("are others");
        assertThat(planted(broken).layers().get(0).entries()).hasSize(1);
    }

    @Test
    void aMissingLayerIsMissed() throws IOException {
        Image broken = BrokenImages.missingLayer(good);

        assertThatThrownBy(() -> pushed(broken)).isInstanceOf(IOException.class);
        Image pulled = planted(broken);
        assertThat(registry.blob(APP, pulled.layers().get(1).digest())).isEmpty();
        assertThatThrownBy(() -> pulled.files()).hasMessageContaining("is missing");
        assertThat(pulled.config()).isEqualTo(good.config());
    }

    @Test
    void aMissingConfigurationIsMissed() throws IOException {
        Image pulled = planted(BrokenImages.missingConfig(good));

        assertThatThrownBy(pulled::config).hasMessageContaining("is missing");
        assertThat(pulled.files().read("/a")).isEqualTo("a");
    }

    @Test
    void aMissingManifestIsMissed() throws IOException {
        Image broken = BrokenImages.missingManifest();

        assertThatThrownBy(() -> pushed(broken)).isInstanceOf(RegistryException.class);
        Image pulled = planted(broken);
        assertThat(pulled.manifest().manifests()).hasSize(2);
        assertThat(pulled.manifests()).hasSize(1);
    }

    @Test
    void aTruncatedGzipHasTheRightDigestAndCannotBeUnpacked() throws IOException {
        Layer layer = pushed(BrokenImages.truncatedGzip()).layers().get(0);

        assertThat(Digest.of(layer.open().readAllBytes())).isEqualTo(layer.digest());
        assertThat(layer.compression()).isEqualTo(Compression.GZIP);
        assertThatThrownBy(layer::entries).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsSaidToBeGzipIsText() throws IOException {
        Layer layer = pushed(BrokenImages.notGzip()).layers().get(0);

        assertThat(layer.mediaType()).endsWith("+gzip");
        assertThat(layer.open()).hasContent("This is no gzip.");
        assertThatThrownBy(layer::entries).isInstanceOf(IOException.class);
    }

    @Test
    void aWrongDiffIdIsNotTheLayers() throws IOException {
        Image pulled = pushed(BrokenImages.wrongDiffId());

        assertThat(pulled.config().diffIds())
                .hasSize(1)
                .doesNotContain(pulled.layers().get(0).diffId());
    }

    @Test
    void aWrongSizeIsNoticedWhenTheLayerIsRead() throws IOException {
        Layer layer = pushed(BrokenImages.wrongSize(good)).layers().get(1);

        assertThatThrownBy(() -> layer.open().readAllBytes())
                .hasMessageContaining("was said to have " + layer.size() + " bytes, and has " + (layer.size() - 1));
    }

    @Test
    void aPathTraversalIsInTheTar() throws IOException {
        Image pulled = pushed(BrokenImages.pathTraversal());

        assertThat(pulled.layers().get(0).entries())
                .extracting(LayerEntry::path)
                .contains("../../../../tmp/berth-evil");
        assertThatThrownBy(pulled::files).hasMessageContaining("leads out of the root");
    }

    @Test
    void aHugeManifestIsHuge() throws IOException {
        assertThat(pushed(BrokenImages.hugeManifest(5 << 20)).descriptor().size())
                .isBetween(5L << 20, (5L << 20) + 1000);
    }

    @Test
    void aDeepIndexIsDeep() throws IOException {
        Image image = pushed(BrokenImages.deepIndex(2000));

        int depth = 0;
        while (image.isIndex()) {
            image = image.manifests().get(0);
            depth++;
        }
        assertThat(depth).isEqualTo(2000);
    }

    @Test
    void aLoopGoesRoundForWhoeverDoesNotCompareDigests() throws IOException {
        Image loop = BrokenImages.indexLoop();

        loop.plantIn(storage, "team/app", "broken");

        Registry trusting =
                new StoredRegistry(storage, RegistryOptions.defaults().withManifestsChecked(false));
        Digest first = trusting.manifest(APP, new Tag("broken")).orElseThrow().digest();
        Digest second = next(trusting, first);
        assertThat(second).isNotEqualTo(first);
        assertThat(next(trusting, second)).isEqualTo(first);
        assertThatThrownBy(() -> Image.pull(trusting, "team/app", "broken"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("their digest is");
        assertThatThrownBy(() -> registry.manifest(APP, first)).hasMessageContaining("damaged");
    }

    private static Digest next(Registry registry, Digest index) throws IOException {
        return registry.manifest(APP, index).orElseThrow().manifests().get(0).digest();
    }

    @Test
    void theSameCallsMakeTheSameImages() {
        assertThat(BrokenImages.truncatedGzip()).isEqualTo(BrokenImages.truncatedGzip());
        assertThat(BrokenImages.wrongDiffId()).isEqualTo(BrokenImages.wrongDiffId());
        assertThat(BrokenImages.indexLoop()).isEqualTo(BrokenImages.indexLoop());
    }

    @Test
    void whatCannotBeWrongIsRefused() {
        Image empty = Image.builder().build();

        assertThatThrownBy(() -> BrokenImages.missingLayer(empty)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BrokenImages.missingConfig(Image.index().build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BrokenImages.deepIndex(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
