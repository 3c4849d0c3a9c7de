package dev.berth.registry.engine;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads manifests back from a storage. */
final class ManifestContent {

    /** No registry accepts manifests anywhere near this size; what is larger is some other blob. */
    private static final long LARGEST = 64L << 20;

    private final BlobStore blobs;
    private final MetadataStore metadata;
    private final ManifestCache cache;
    private final boolean checked;

    /** @param checked whether what is read is held to its digest */
    ManifestContent(BlobStore blobs, MetadataStore metadata, ManifestCache cache, boolean checked) {
        this.blobs = blobs;
        this.metadata = metadata;
        this.cache = cache;
        this.checked = checked;
    }

    /** Whether the repository has this manifest. */
    boolean contains(RepositoryName repository, Digest digest) throws IOException {
        return metadata.contains(Keys.revision(repository, digest));
    }

    /** The manifest, if the repository has it. */
    Optional<Manifest> find(RepositoryName repository, Digest digest) throws IOException {
        if (!contains(repository, digest)) {
            return Optional.empty();
        }
        Optional<Manifest> cached = cache.find(digest);
        Optional<Manifest> manifest = cached.isPresent() ? cached : read(repository, digest);
        return manifest.isEmpty() || manifest.get().namesItsType()
                ? manifest
                : Optional.of(asDeclared(repository, manifest.get()));
    }

    /** Looks into the storage again when the manifest is asked for the next time. */
    void forget(Digest digest) {
        cache.remove(digest);
    }

    private Optional<Manifest> read(RepositoryName repository, Digest digest) throws IOException {
        Optional<BlobContent> found = blobs.open(digest);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes;
        try (BlobContent content = found.get()) {
            bytes = readAll(content, digest);
        }
        if (checked && !digest.algorithm().digest(bytes).equals(digest)) {
            throw damaged(repository, digest, "its bytes have another digest");
        }
        try {
            Manifest manifest = Manifest.of(bytes, Optional.empty(), digest);
            cache.add(manifest);
            return Optional.of(manifest);
        } catch (RegistryException e) {
            throw damaged(repository, digest, e);
        }
    }

    /** The manifest with the type that it was pushed to this repository as. */
    private Manifest asDeclared(RepositoryName repository, Manifest manifest) throws IOException {
        Optional<String> declared = type(repository, manifest.digest());
        try {
            return declared.isEmpty() ? manifest : manifest.withDeclaredType(declared.get());
        } catch (RegistryException e) {
            throw damaged(repository, manifest.digest(), e);
        }
    }

    private static IOException damaged(RepositoryName repository, Digest digest, RegistryException cause) {
        IOException damaged = damaged(repository, digest, String.valueOf(cause.getMessage()));
        damaged.initCause(cause);
        return damaged;
    }

    private static IOException damaged(RepositoryName repository, Digest digest, String problem) {
        return new IOException(
                "The manifest " + digest + " of " + repository + " is damaged in the storage: " + problem);
    }

    private Optional<String> type(RepositoryName repository, Digest digest) throws IOException {
        return metadata.get(Keys.revisionType(repository, digest))
                .map(value -> new String(value, StandardCharsets.US_ASCII));
    }

    /** The bytes of what should be a manifest. */
    static byte[] readAll(BlobContent content, Digest digest) throws IOException {
        if (content.size() > LARGEST) {
            throw new IOException("The manifest " + digest + " has " + content.size() + " bytes, which none has");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
        while (bytes.hasRemaining()) {
            if (content.read(bytes, bytes.position()) < 0) {
                throw new IOException("The manifest " + digest + " is shorter in the storage than it was when opened");
            }
        }
        return bytes.array();
    }
}
