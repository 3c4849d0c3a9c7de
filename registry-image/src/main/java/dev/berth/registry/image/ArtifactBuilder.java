package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts an artifact together: files of any kind behind an image manifest with an artifact type and, unless told, an empty
 * configuration (OCI Image Specification, "Guidelines for Artifact Usage"). Not safe for use by several threads.
 */
public final class ArtifactBuilder {

    private static final String TITLE = "org.opencontainers.image.title";

    private final List<Layer> blobs = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private Optional<Descriptor> subject = Optional.empty();
    private Optional<String> artifactType = Optional.empty();
    private Layer config = Layer.ofBytes(MediaTypes.OCI_EMPTY, ByteSource.of("{}"));

    ArtifactBuilder() {}

    /** What kind of artifact it is, such as {@code application/spdx+json}. Required unless there is a configuration. */
    public ArtifactBuilder artifactType(String type) {
        artifactType = Optional.of(type);
        return this;
    }

    /** A configuration in place of the empty one. */
    public ArtifactBuilder config(String mediaType, ByteSource content) {
        config = Layer.ofBytes(mediaType, content);
        return this;
    }

    /** Adds a text file in UTF-8; its name becomes the title, as clients that write files expect. */
    public ArtifactBuilder file(String name, String mediaType, String content) {
        return file(name, mediaType, ByteSource.of(content));
    }

    /** Adds a file, which is read once now; its name becomes the title, as clients that write files expect. */
    public ArtifactBuilder file(String name, String mediaType, ByteSource content) {
        Layer blob = Layer.ofBytes(mediaType, content);
        Descriptor titled = blob.descriptor().withArtifact(Optional.empty(), Map.of(TITLE, name));
        blobs.add(new Layer(titled, content, Optional.empty()));
        return this;
    }

    /** Adds a blob without a name. */
    public ArtifactBuilder blob(String mediaType, ByteSource content) {
        blobs.add(Layer.ofBytes(mediaType, content));
        return this;
    }

    /** What the artifact is about, such as the image that it is a signature of: it becomes a referrer of that. */
    public ArtifactBuilder subject(Image image) {
        return subject(plain(image.descriptor()));
    }

    /** What the artifact is about; it need not exist. */
    public ArtifactBuilder subject(Descriptor descriptor) {
        subject = Optional.of(descriptor);
        return this;
    }

    /** An annotation of the manifest. */
    public ArtifactBuilder annotation(String key, String value) {
        annotations.put(key, value);
        return this;
    }

    /**
     * Makes the artifact. One without files has the empty blob, as the specification asks.
     *
     * @throws IllegalStateException if it has neither an artifact type nor a configuration that could stand for one
     */
    public Image build() {
        if (artifactType.isEmpty() && config.mediaType().equals(MediaTypes.OCI_EMPTY)) {
            throw new IllegalStateException(
                    "An artifact with an empty configuration needs a type: call artifactType()");
        }
        List<Layer> whole = blobs.isEmpty() ? List.of(Layer.ofBytes(MediaTypes.OCI_EMPTY, ByteSource.of("{}"))) : blobs;
        return Image.of(
                ManifestWriter.image(
                        MediaTypes.OCI_MANIFEST,
                        config.descriptor(),
                        whole.stream().map(Layer::descriptor).toList(),
                        artifactType,
                        new ManifestWriter.Extras(subject, annotations)),
                MemorySource.ofBlobs(config, whole));
    }

    /** A descriptor of the three fields that a reference to a manifest needs. */
    static Descriptor plain(Descriptor full) {
        return new Descriptor(full.mediaType(), full.digest(), full.size());
    }
}
