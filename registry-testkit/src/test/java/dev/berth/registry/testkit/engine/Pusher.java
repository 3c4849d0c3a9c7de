package dev.berth.registry.testkit.engine;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pushes as clients do: what is there already is not sent. */
final class Pusher {

    private final Registry registry;

    Pusher(Registry registry) {
        this.registry = registry;
    }

    static Digest digest(String blob) {
        return Digest.of(blob.getBytes(StandardCharsets.UTF_8));
    }

    Digest blob(String repository, String content) throws IOException {
        RepositoryName name = new RepositoryName(repository);
        Digest digest = digest(content);
        if (registry.blob(name, digest).isEmpty()) {
            BlobUpload upload = registry.beginUpload(name, DigestAlgorithm.SHA256);
            try (BlobWriter writer = upload.append()) {
                writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
            }
            upload.commit(digest);
        }
        return digest;
    }

    boolean mount(String repository, String content, String from) throws IOException {
        return registry.mountBlob(
                        new RepositoryName(repository), digest(content), Optional.of(new RepositoryName(from)))
                .isPresent();
    }

    /** An image of blobs that are there; the first is its configuration. */
    Manifest image(String repository, List<String> tags, String note, String... blobs) throws IOException {
        String layers = Arrays.stream(blobs)
                .skip(1)
                .map(blob -> descriptor(MediaTypes.OCI_LAYER, blob))
                .collect(Collectors.joining(","));
        return put(
                repository,
                tags,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                        + descriptor(MediaTypes.OCI_CONFIG, blobs[0]) + ",\"layers\":[" + layers
                        + "],\"annotations\":{\"note\":\"" + note + "\"}}");
    }

    Manifest index(String repository, List<String> tags, Manifest... children) throws IOException {
        String entries = Arrays.stream(children).map(Pusher::descriptor).collect(Collectors.joining(","));
        return put(
                repository,
                tags,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[" + entries + "]}");
    }

    Manifest referrer(String repository, Manifest subject, String blob) throws IOException {
        return put(
                repository,
                List.of(),
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                        + descriptor(MediaTypes.OCI_CONFIG, blob) + ",\"layers\":[],\"subject\":" + descriptor(subject)
                        + "}");
    }

    private Manifest put(String repository, List<String> tags, String json) throws IOException {
        Manifest manifest =
                Manifest.parse(json.getBytes(StandardCharsets.UTF_8), Optional.empty(), DigestAlgorithm.SHA256);
        registry.putManifest(
                new RepositoryName(repository),
                manifest,
                tags.stream().map(Tag::new).toList());
        return manifest;
    }

    private static String descriptor(String type, String blob) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest(blob) + "\",\"size\":"
                + blob.getBytes(StandardCharsets.UTF_8).length + "}";
    }

    private static String descriptor(Manifest manifest) {
        return "{\"mediaType\":\"" + manifest.mediaType() + "\",\"digest\":\"" + manifest.digest() + "\",\"size\":"
                + manifest.descriptor().size() + "}";
    }
}
