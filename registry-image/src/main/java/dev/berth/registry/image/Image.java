package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A manifest with all that it refers to, wherever that is: an image, an index of images, or any other artifact.
 *
 * <p>Made by {@linkplain #builder() builders}, {@linkplain #pull pulled} from a registry, or read from a directory or an
 * archive; {@linkplain #pushTo pushed} to a registry, written to a directory or an archive. Only the manifest is held in
 * memory; all else is read when it is asked for, and held against its digest. Immutable, and safe for use by several threads;
 * images of the same manifest are equal, wherever their content is.
 */
public final class Image {

    private static final long MOST_CONFIG = 8L << 20;

    private final Manifest manifest;
    private final ContentSource source;

    private Image(Manifest manifest, ContentSource source) {
        this.manifest = manifest;
        this.source = source;
    }

    /** An image of a manifest that there is already. */
    public static Image of(Manifest manifest, ContentSource source) {
        return new Image(manifest, source);
    }

    /**
     * An image of a configuration and layers that there are already, as an archive has them.
     *
     * @param config its bytes, which are kept exactly
     */
    public static Image of(ImageFormat format, ByteSource config, List<Layer> layers) {
        List<Layer> typed = layers.stream().map(format::typed).toList();
        Layer configuration = Layer.ofBytes(format.config(), config);
        Manifest manifest = ManifestWriter.image(
                format.manifest(),
                configuration.descriptor(),
                typed.stream().map(Layer::descriptor).toList(),
                Optional.empty(),
                ManifestWriter.Extras.NONE);
        return of(manifest, MemorySource.ofBlobs(configuration, typed));
    }

    /** An image to be put together from layers and a configuration. */
    public static ImageBuilder builder() {
        return new ImageBuilder();
    }

    /** An index (or, in Docker's words, a manifest list) to be put together from images. */
    public static IndexBuilder index() {
        return new IndexBuilder();
    }

    /** An artifact to be put together from files of any kind, such as a signature of an image. */
    public static ArtifactBuilder artifact() {
        return new ArtifactBuilder();
    }

    /**
     * An image of one layer of random bytes.
     *
     * @param seed another one makes another image
     * @param size the size of the file {@code /random.bin} in bytes; the layer is a little larger
     */
    public static Image random(long seed, long size) {
        return builder().layer(Layer.random(seed, size)).build();
    }

    /**
     * An image that a registry has. Its content is read when asked for, and has to stay there for as long.
     *
     * @param reference a tag or a digest
     * @throws RegistryException {@link ErrorCode#MANIFEST_UNKNOWN}, naming the tags that there are, if it has none of that
     *     name; what {@code Registry} refuses with
     * @throws IOException if it cannot be read, or its digest is another
     */
    public static Image pull(Registry registry, String repository, String reference) throws IOException {
        Optional<Image> found = find(registry, repository, reference);
        if (found.isEmpty()) {
            throw new RegistryException(
                    ErrorCode.MANIFEST_UNKNOWN,
                    repository + " has no manifest " + reference + "; "
                            + RegistrySource.tags(registry, new RepositoryName(repository)));
        }
        return found.get();
    }

    /** An image that a registry has, or empty if it has none of that name; else as {@link #pull}. */
    public static Optional<Image> find(Registry registry, String repository, String reference) throws IOException {
        return new RegistrySource(registry, new RepositoryName(repository)).find(Reference.parse(reference));
    }

    /** The manifest: its exact bytes, and what they say. */
    public Manifest manifest() {
        return manifest;
    }

    /** Media type, digest and size of the manifest, with artifact type and annotations. */
    public Descriptor descriptor() {
        return manifest.descriptor();
    }

    /** The digest of the manifest: what the image is known by. */
    public Digest digest() {
        return manifest.digest();
    }

    /** The media type of the manifest. */
    public String mediaType() {
        return manifest.mediaType();
    }

    /** Whether this is an index, which has manifests in place of a configuration and layers. */
    public boolean isIndex() {
        return !manifest.manifests().isEmpty() || ImageFormat.isIndex(mediaType());
    }

    /** Where all is that the manifest refers to. */
    public ContentSource source() {
        return source;
    }

    /**
     * How the image runs. That of an artifact which is no image says nothing.
     *
     * @throws IllegalStateException if this is an index: its images have one each
     * @throws IOException if it is missing, is no JSON object or has another digest
     */
    public ImageConfig config() throws IOException {
        return ConfigReader.read(configBytes());
    }

    /** The configuration's bytes; else as {@link #config}. */
    public byte[] configBytes() throws IOException {
        Descriptor descriptor = manifest.config()
                .orElseThrow(
                        () -> new IllegalStateException(this + " has no configuration: where it is an index, take an"
                                + " image of it, as forPlatform does"));
        if (descriptor.size() > MOST_CONFIG) {
            throw new IOException("The configuration " + descriptor.digest() + " has " + descriptor.size()
                    + " bytes, and " + MOST_CONFIG + " are the limit");
        }
        try (InputStream in = layer(descriptor).open()) {
            return in.readAllBytes();
        }
    }

    /** The layers, from the bottom, or an artifact's blobs; none if this is an index. Missing ones fail when they are opened. */
    public List<Layer> layers() {
        return manifest.layers().stream().map(this::layer).toList();
    }

    private Layer layer(Descriptor descriptor) {
        ByteSource content = ByteSource.of(descriptor.size(), () -> {
            Optional<ByteSource> found = source.blob(descriptor);
            if (found.isEmpty()) {
                throw new IOException(descriptor.digest() + " (" + descriptor.mediaType() + "), which the manifest "
                        + digest() + " refers to, is missing");
            }
            return found.get().open();
        });
        return new Layer(descriptor, content, Optional.empty());
    }

    /**
     * The file system that the layers make together. Reads all layers once; of their files, names and attributes alone are
     * held in memory.
     *
     * @throws IllegalStateException if this is an index
     * @throws IOException if a layer is missing, is no tar, has another digest, or an entry that leads out of the root
     */
    public FileTree files() throws IOException {
        if (isIndex()) {
            throw new IllegalStateException(
                    this + " is an index, which has no files: take an image of it, as forPlatform does");
        }
        return FileTree.of(layers());
    }

    /** The manifests of an index, in order, without those that are not there; none if this is no index. */
    public List<Image> manifests() throws IOException {
        List<Image> images = new ArrayList<>();
        for (Descriptor descriptor : manifest.manifests()) {
            source.manifest(descriptor).ifPresent(images::add);
        }
        return List.copyOf(images);
    }

    /**
     * The first image of an index, or of the indexes in it, that runs on a platform; this one, if it is no index and does.
     *
     * @param platform such as {@code linux/arm64}, which takes any variant, or {@code linux/arm/v7}
     * @throws NoSuchElementException naming the platforms that there are, if none does
     */
    public Image forPlatform(String platform) throws IOException {
        return forPlatform(Platforms.parse(platform));
    }

    /** As {@link #forPlatform(String)}. */
    public Image forPlatform(Platform platform) throws IOException {
        return new PlatformSearch(platform).in(this);
    }

    /** Shows all that this is made of, each content once, and nothing before what it refers to. */
    public void visit(ContentVisitor visitor) throws IOException {
        new ContentWalk(visitor).from(this);
    }

    /**
     * Pushes this with all that it refers to. What the repository has already is not sent again, and what another one of the
     * same registry has, where this was pulled from, is mounted.
     *
     * @param tags may be none: the manifest is then reached by its digest alone
     * @return this
     * @throws RegistryException what {@code Registry} refuses with
     * @throws IOException if content is missing where it comes from and the repository does not have it either
     */
    public Image pushTo(Registry registry, String repository, String... tags) throws IOException {
        Optional<RepositoryName> origin = source instanceof RegistrySource pulled && pulled.registry() == registry
                ? Optional.of(pulled.repository())
                : Optional.empty();
        visit(new RegistryPush(registry, new RepositoryName(repository), origin, digest(), tags(tags)));
        return this;
    }

    /**
     * Writes this into a storage as it is, past every check that a registry makes: content that is missing is left out, and
     * content whose digest is another is kept under the digest that it should have. For images that are wrong on purpose, as
     * {@link BrokenImages} makes them.
     *
     * @param storage of a registry, which may be in use
     * @return this
     */
    public Image plantIn(Storage storage, String repository, String... tags) throws IOException {
        visit(new StoragePlant(storage, new RepositoryName(repository), digest(), tags(tags)));
        return this;
    }

    private static List<Tag> tags(String... tags) {
        return Arrays.stream(tags).map(Tag::new).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image image && manifest.equals(image.manifest);
    }

    @Override
    public int hashCode() {
        return manifest.hashCode();
    }

    @Override
    public String toString() {
        return "Image[" + mediaType() + ", " + digest() + "]";
    }
}
