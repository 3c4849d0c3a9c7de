package dev.berth.registry;

import java.util.Optional;

/**
 * What an image in an index runs on (OCI Image Specification, "Image Index").
 *
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant such as {@code v8}
 */
public record Platform(String os, String architecture, Optional<String> variant) {

    /** A platform without a variant. */
    public Platform(String os, String architecture) {
        this(os, architecture, Optional.empty());
    }

    /** As command lines write it: {@code linux/arm64/v8}. */
    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
