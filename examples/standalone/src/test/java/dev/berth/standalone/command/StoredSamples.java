package dev.berth.standalone.command;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A directory with a registry's content, made by the registry itself. */
final class StoredSamples {

    static final RepositoryName REPOSITORY = new RepositoryName("team/app");
    static final byte[] CONFIG = text("{}");
    static final byte[] LAYER = text("layer");
    static final byte[] UNUSED = text("nobody needs this");
    static final byte[] OLD_LAYER = text("old layer");

    private StoredSamples() {}

    /** Two images by one tag, of which the older is untagged now; a blob that no manifest names; an upload of 4 bytes. */
    static void fill(Path directory) throws IOException {
        try (Storage storage = FileStorage.open(directory, Durability.FAST)) {
            StoredRegistry registry = new StoredRegistry(storage);
            push(registry, OLD_LAYER);
            push(registry, LAYER);
            pushBlob(registry, UNUSED);
            append(registry.beginUpload(REPOSITORY, DigestAlgorithm.SHA256), text("half"));
        }
    }

    private static void push(StoredRegistry registry, byte[] layer) throws IOException {
        pushBlob(registry, CONFIG);
        pushBlob(registry, layer);
        registry.putManifest(REPOSITORY, image(layer), List.of(new Tag("1.0")));
    }

    static Manifest image(byte[] layer) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", CONFIG) + ",\"layers\":["
                + descriptor("application/vnd.oci.image.layer.v1.tar", layer) + "]}";
        return Manifest.of(text(json), Optional.empty(), Digest.of(text(json)));
    }

    private static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + Digest.of(content) + "\",\"size\":" + content.length
                + "}";
    }

    static void pushBlob(StoredRegistry registry, byte[] content) throws IOException {
        BlobUpload upload = registry.beginUpload(REPOSITORY, DigestAlgorithm.SHA256);
        append(upload, content);
        upload.commit(Digest.of(content));
    }

    private static void append(BlobUpload upload, byte[] content) throws IOException {
        try (BlobWriter writer = upload.append()) {
            writer.write(ByteBuffer.wrap(content));
        }
    }

    /** Where a blob's bytes are. */
    static Path file(Path directory, Digest digest) {
        return directory.resolve(
                "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
