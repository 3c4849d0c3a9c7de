package dev.berth.registry.image;

import dev.berth.registry.MediaTypes;

/** Whose media types an image has. */
public enum ImageFormat {
    /** Those of the OCI Image Specification. */
    OCI(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX, MediaTypes.OCI_CONFIG),
    /** Those of Docker's image manifest version 2, schema 2. It has none for zstd. */
    DOCKER(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_MANIFEST_LIST, MediaTypes.DOCKER_CONFIG);

    private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";

    private final String manifest;
    private final String index;
    private final String config;

    ImageFormat(String manifest, String index, String config) {
        this.manifest = manifest;
        this.index = index;
        this.config = config;
    }

    static boolean isIndex(String mediaType) {
        return mediaType.equals(OCI.index) || mediaType.equals(DOCKER.index);
    }

    String manifest() {
        return manifest;
    }

    String index() {
        return index;
    }

    String config() {
        return config;
    }

    /**
     * The media type of layers that are compressed so.
     *
     * @throws IllegalArgumentException if the format has none
     */
    public String layer(Compression compression) {
        return switch (compression) {
            case NONE -> this == OCI ? MediaTypes.OCI_LAYER : DOCKER_LAYER;
            case GZIP -> this == OCI ? MediaTypes.OCI_LAYER_GZIP : MediaTypes.DOCKER_LAYER_GZIP;
            case ZSTD -> {
                if (this == DOCKER) {
                    throw new IllegalArgumentException(
                            "Docker's format has no layers in zstd: choose ImageFormat.OCI, or Compression.GZIP");
                }
                yield MediaTypes.OCI_LAYER_ZSTD;
            }
        };
    }

    /** A layer of the other format is renamed; one of a type that no format has stays what it is. */
    Layer typed(Layer layer) {
        for (Compression how : Compression.values()) {
            if (layer.mediaType().equals(OCI.layer(how))
                    || (how != Compression.ZSTD && layer.mediaType().equals(DOCKER.layer(how)))) {
                return layer.as(this, how);
            }
        }
        return layer;
    }
}
