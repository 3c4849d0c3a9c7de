package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images that are wrong on purpose, for tests of those who read images. Each is wrong in one way alone, and the same calls
 * make the same image.
 *
 * <p>Those whose content is at least consistent are {@linkplain Image#pushTo pushed} like any other; their descriptions say
 * where a registry refuses them and they have to be {@linkplain Image#plantIn planted} in its storage.
 */
public final class BrokenImages {

    private static final String EXTRA = "dev.berth.padding";

    private BrokenImages() {}

    /**
     * An image whose top layer has other bytes than its digest says, one of them flipped; the size is right. To be planted.
     *
     * @throws IllegalArgumentException if the image has no layer of its own
     */
    public static Image digestMismatch(Image image) {
        Descriptor layer = topLayer(image).descriptor();
        return Image.of(image.manifest(), new ReplacedBlob(image.source(), layer.digest(), BrokenImages::lastFlipped));
    }

    /** An image whose top layer is not there. To be planted, or pushed to a registry that does not check references. */
    public static Image missingLayer(Image image) {
        return Image.of(
                image.manifest(),
                new ReplacedBlob(image.source(), topLayer(image).digest(), content -> Optional.empty()));
    }

    /** An image whose configuration is not there. To be planted, or pushed to a registry that does not check references. */
    public static Image missingConfig(Image image) {
        Descriptor config = image.manifest()
                .config()
                .orElseThrow(() -> new IllegalArgumentException(image + " has no configuration that could be missing"));
        return Image.of(
                image.manifest(), new ReplacedBlob(image.source(), config.digest(), content -> Optional.empty()));
    }

    /** An index of one image that is there and one that is not. To be planted, or pushed where indexes may be sparse. */
    public static Image missingManifest() {
        Image there = Image.random(1, 1000);
        Image missing = Image.builder()
                .platform("linux/arm64")
                .layer(Layer.random(2, 1000))
                .build();
        return Image.index()
                .add(there)
                .add(new Descriptor(
                        missing.mediaType(),
                        missing.digest(),
                        missing.descriptor().size(),
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        Optional.of(Platforms.parse("linux/arm64"))))
                .build();
    }

    /**
     * An image whose one layer ends in the middle of its gzip. Digest and size are those of what there is, so that registries
     * take it and only who unpacks it notices.
     */
    public static Image truncatedGzip() {
        Layer whole = Layer.random(1, 100_000);
        long size = whole.size() / 2;
        ByteSource half = ByteSource.of(size, () -> new ByteArrayInputStream(firstBytes(whole, size)));
        return Image.builder()
                .layer(layer(whole, Layer.ofBytes(whole.mediaType(), half)))
                .build();
    }

    /** An image whose one layer is said to be gzip and is text. Digest and size are right. */
    public static Image notGzip() {
        Layer text = Layer.ofBytes(MediaTypes.OCI_LAYER_GZIP, ByteSource.of("This is no gzip.\n"));
        return Image.builder().layer(layer(Layer.random(1, 1), text)).build();
    }

    /** An image whose configuration lists another diff ID than its layer has. */
    public static Image wrongDiffId() {
        Layer layer = Layer.random(1, 1000);
        return Image.builder().layer(layer(Layer.random(2, 1000), layer)).build();
    }

    /** An image whose manifest gives its top layer a byte more than it has. Digests are right. */
    public static Image wrongSize(Image image) {
        List<Descriptor> layers = new ArrayList<>(image.manifest().layers());
        Descriptor top = topLayer(image).descriptor();
        layers.set(layers.size() - 1, new Descriptor(top.mediaType(), top.digest(), top.size() + 1));
        Descriptor config = image.manifest().config().orElseThrow();
        Manifest manifest = ManifestWriter.image(
                image.mediaType(),
                config,
                layers,
                Optional.empty(),
                new ManifestWriter.Extras(
                        image.manifest().subject(), image.descriptor().annotations()));
        return Image.of(manifest, image.source());
    }

    /** An image with an entry that leads out of the directory that it is unpacked into, by {@code ../}. */
    public static Image pathTraversal() {
        return Image.builder()
                .layer(layer -> layer.file("/harmless", "harmless").unchecked("../../../../tmp/berth-evil", "evil"))
                .build();
    }

    /**
     * An image with a manifest of at least so many bytes, all of them valid. Above 4 MiB registries refuse it over HTTP, as the
     * specification lets them; pushed to a {@code Registry} or planted, it is there.
     *
     * @param size in bytes, at most 1 GiB
     */
    public static Image hugeManifest(int size) {
        if (size < 0 || size > 1 << 30) {
            throw new IllegalArgumentException("A manifest can be asked to have 0 to 1 GiB, not " + size + " bytes");
        }
        return Image.builder()
                .layer(Layer.random(1, 1))
                .annotation(EXTRA, "x".repeat(size))
                .build();
    }

    /**
     * An image behind so many indexes, each the only entry of the one above.
     *
     * @param depth how many indexes, at least 1
     */
    public static Image deepIndex(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("An index has a depth of at least 1, not " + depth);
        }
        Image image = Image.random(1, 1);
        for (int i = 0; i < depth; i++) {
            image = Image.index().add(image).build();
        }
        return image;
    }

    /**
     * Two indexes that each name the other. An index that names its own digest would be a collision of SHA-256, so both are
     * kept under digests that are not theirs: a client that compares digests sees that and stops, and one that does not goes
     * round for ever. To be planted, and served by a registry that {@linkplain
     * dev.berth.registry.engine.RegistryOptions#withManifestsChecked does not check manifests}.
     */
    public static Image indexLoop() {
        Digest first = Digest.of("the first index of a loop".getBytes(StandardCharsets.UTF_8));
        Digest second = Digest.of("the second index of a loop".getBytes(StandardCharsets.UTF_8));
        // Either entry is as long as the other, so that the sizes at least are right.
        long size = looping(second, 100).content().remaining();
        Manifest one = looping(second, size);
        Manifest other = looping(first, size);
        return Image.of(claiming(one, first), new LoopSource(claiming(other, second), claiming(one, first)));
    }

    private static Manifest looping(Digest next, long size) {
        return Image.index()
                .add(new Descriptor(MediaTypes.OCI_INDEX, next, size))
                .build()
                .manifest();
    }

    private static Manifest claiming(Manifest manifest, Digest digest) {
        byte[] content = new byte[manifest.content().remaining()];
        manifest.content().get(content);
        return Manifest.of(content, Optional.of(manifest.mediaType()), digest);
    }

    private static Layer topLayer(Image image) {
        List<Layer> layers = image.layers();
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(image + " has no layer that could be wrong");
        }
        return layers.get(layers.size() - 1);
    }

    /** The content of one layer with the diff ID of another. */
    private static Layer layer(Layer diffIdOf, Layer contentOf) {
        try {
            return new Layer(contentOf.descriptor(), contentOf.content(), Optional.of(diffIdOf.diffId()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] firstBytes(Layer layer, long size) throws IOException {
        try (InputStream in = layer.open()) {
            return in.readNBytes(Math.toIntExact(size));
        }
    }

    private static Optional<ByteSource> lastFlipped(ByteSource content) {
        return Optional.of(ByteSource.of(content.size(), () -> {
            try (InputStream in = content.open()) {
                byte[] bytes = in.readAllBytes();
                bytes[bytes.length - 1] ^= 1;
                return new ByteArrayInputStream(bytes);
            }
        }));
    }
}
