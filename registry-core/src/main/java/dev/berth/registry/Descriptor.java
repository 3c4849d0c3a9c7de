package dev.berth.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Describes content without holding it (OCI Image Specification, "Content Descriptors").
 *
 * @param mediaType the type of the content
 * @param digest the digest of the content
 * @param size the size of the content in bytes, at least 0
 * @param artifactType what kind of artifact a manifest is, where it says so
 * @param annotations free keys and values
 * @param urls where else the content can be had
 * @param platform what the content runs on
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Optional<String> artifactType,
        Map<String, String> annotations,
        List<String> urls,
        Optional<Platform> platform) {

    /** @throws IllegalArgumentException if the size is negative */
    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("The size of content is never negative, as " + size + " is");
        }
        annotations = Map.copyOf(annotations);
        urls = List.copyOf(urls);
    }

    /** A descriptor of the three required fields. */
    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, Optional.empty(), Map.of(), List.of(), Optional.empty());
    }

    /** The same with another artifact type and other annotations, as a list of referrers shows a manifest. */
    public Descriptor withArtifact(Optional<String> type, Map<String, String> newAnnotations) {
        return new Descriptor(mediaType, digest, size, type, newAnnotations, urls, platform);
    }
}
