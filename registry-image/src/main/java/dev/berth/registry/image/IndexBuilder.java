package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts an index together, in OCI's format unless told. Not safe for use by several threads. */
public final class IndexBuilder {

    private final List<Descriptor> manifests = new ArrayList<>();
    private final List<Image> images = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private Optional<Descriptor> subject = Optional.empty();
    private Optional<String> artifactType = Optional.empty();
    private ImageFormat format = ImageFormat.OCI;

    IndexBuilder() {}

    /**
     * Adds an image for the platform that its configuration names, or an index or an artifact for none.
     *
     * @throws UncheckedIOException if the configuration cannot be read
     */
    public IndexBuilder add(Image image) {
        return add(image, platform(image));
    }

    /** Adds an image for a platform, such as {@code linux/arm64/v8}, whatever its configuration says. */
    public IndexBuilder add(Image image, String platform) {
        return add(image, Optional.of(Platforms.parse(platform)));
    }

    private IndexBuilder add(Image image, Optional<Platform> platform) {
        Descriptor own = image.descriptor();
        boolean artifact = platform.isEmpty() && !image.isIndex();
        images.add(image);
        manifests.add(new Descriptor(
                own.mediaType(),
                own.digest(),
                own.size(),
                artifact ? own.artifactType() : Optional.empty(),
                Map.of(),
                List.of(),
                platform));
        return this;
    }

    /** Adds an entry whose manifest is not part of what is pushed: it is in the repository already, or never comes. */
    public IndexBuilder add(Descriptor manifest) {
        manifests.add(manifest);
        return this;
    }

    private static Optional<Platform> platform(Image image) {
        boolean runs = image.manifest()
                .config()
                .filter(config -> config.mediaType().equals(ImageFormat.OCI.config())
                        || config.mediaType().equals(ImageFormat.DOCKER.config()))
                .isPresent();
        try {
            return runs ? Optional.of(image.config().platform()).filter(p -> !p.os().isEmpty()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An annotation of the index. */
    public IndexBuilder annotation(String key, String value) {
        annotations.put(key, value);
        return this;
    }

    /** What the index is about. */
    public IndexBuilder subject(Image image) {
        subject = Optional.of(ArtifactBuilder.plain(image.descriptor()));
        return this;
    }

    /** What kind of artifact the index is, where it is no index of images. */
    public IndexBuilder artifactType(String type) {
        artifactType = Optional.of(type);
        return this;
    }

    /** Whose media types to use: Docker's make a manifest list. */
    public IndexBuilder format(ImageFormat newFormat) {
        format = newFormat;
        return this;
    }

    /** Makes the index. */
    public Image build() {
        return Image.of(
                ManifestWriter.index(
                        format.index(), manifests, artifactType, new ManifestWriter.Extras(subject, annotations)),
                MemorySource.ofManifests(images));
    }
}
