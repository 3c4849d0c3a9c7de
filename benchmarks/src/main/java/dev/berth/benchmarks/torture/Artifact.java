package dev.berth.benchmarks.torture;

import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A manifest that is pushed, with what has to be there before.
 *
 * @param blobs the numbers of its blobs
 * @param children what it is an index of
 */
record Artifact(String mediaType, String json, Digest digest, List<Long> blobs, List<Artifact> children) {

    /** An image, or what refers to another manifest if there is a subject. The first blob is its configuration. */
    static Artifact image(Contents contents, String note, List<Long> blobs, Optional<Artifact> subject) {
        String layers = blobs.stream()
                .skip(1)
                .map(blob -> blob(contents, MediaTypes.OCI_LAYER, blob))
                .collect(Collectors.joining(","));
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + blob(contents, MediaTypes.OCI_CONFIG, blobs.get(0)) + ",\"layers\":[" + layers + "]"
                + subject.map(s -> ",\"subject\":" + s.descriptor()).orElse("")
                + ",\"annotations\":{\"note\":\"" + note + "\"}}";
        return of(MediaTypes.OCI_MANIFEST, json, blobs, List.of());
    }

    static Artifact index(String note, List<Artifact> children) {
        String entries = children.stream().map(Artifact::descriptor).collect(Collectors.joining(","));
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[" + entries
                + "],\"annotations\":{\"note\":\"" + note + "\"}}";
        return of(MediaTypes.OCI_INDEX, json, List.of(), children);
    }

    private static Artifact of(String type, String json, List<Long> blobs, List<Artifact> children) {
        return new Artifact(type, json, Digest.of(json.getBytes(StandardCharsets.UTF_8)), blobs, children);
    }

    byte[] content() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private String descriptor() {
        return descriptor(mediaType, digest, content().length);
    }

    private static String blob(Contents contents, String type, long number) {
        return descriptor(type, contents.digest(number), contents.bytes(number).length);
    }

    private static String descriptor(String type, Digest digest, int size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }
}
