package dev.berth.registry.engine;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;

/** Blobs as repositories see them: bytes in the store, and a link for each repository that has them. */
final class StoredBlobs {

    private final BlobStore store;
    private final Links links;
    private final MetadataStore metadata;
    private final Coordination coordination;

    StoredBlobs(BlobStore store, Links links, MetadataStore metadata, Coordination coordination) {
        this.store = store;
        this.links = links;
        this.metadata = metadata;
        this.coordination = coordination;
    }

    /** As {@link #find}, for a client, who may rely on the answer. */
    Optional<Blob> findFor(RepositoryName repository, Digest digest) throws IOException {
        return coordination.relyingOn(repository, digest, () -> find(repository, digest));
    }

    /**
     * A blob that is linked in the repository. The link may point to the same bytes by another digest: Docker's registry
     * keeps what is pushed by SHA-512 under its SHA-256.
     */
    Optional<Blob> find(RepositoryName repository, Digest digest) throws IOException {
        Optional<Digest> target = links.get(Keys.layer(repository, digest));
        return target.isPresent() ? stored(digest, target.get()) : Optional.empty();
    }

    boolean delete(RepositoryName repository, Digest digest) throws IOException {
        try {
            return metadata.delete(Keys.layer(repository, digest));
        } finally {
            coordination.removals().incrementAndGet();
        }
    }

    Optional<Blob> mount(RepositoryName repository, Digest digest, Optional<RepositoryName> from) throws IOException {
        Optional<Digest> target = from.isPresent() ? links.get(Keys.layer(from.get(), digest)) : Optional.of(digest);
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Lock lock = coordination.blobs().forAdding(target.get());
        lock.lock();
        try {
            Optional<Blob> blob = stored(digest, target.get());
            if (blob.isPresent()) {
                link(repository, digest, target.get());
            }
            return blob;
        } finally {
            lock.unlock();
        }
    }

    /** Makes an upload a blob of a repository; from the one to the other, nobody deletes it for want of a link. */
    Descriptor commit(RepositoryName repository, BlobUpload upload, Digest expected) throws IOException {
        Lock lock = coordination.blobs().forAdding(expected);
        lock.lock();
        try {
            Descriptor descriptor = upload.commit(expected);
            link(repository, expected, expected);
            return descriptor;
        } finally {
            lock.unlock();
        }
    }

    private void link(RepositoryName repository, Digest digest, Digest target) throws IOException {
        // The storage may tell the time by another clock, and what has just come is not to be taken for old.
        coordination.recent().note(digest);
        coordination.recent().note(target);
        Lock lock = coordination.repositories().forAdding(repository);
        lock.lock();
        try {
            links.put(Keys.layer(repository, digest), target);
        } finally {
            coordination.barrier().linked(target);
            lock.unlock();
        }
    }

    BlobUpload begin(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
        Instant now = coordination.clock().instant();
        return new LinkingUpload(repository, store.begin(repository, UploadId.random(), algorithm, now), this);
    }

    Optional<BlobUpload> resume(RepositoryName repository, UploadId id) throws IOException {
        return store.resume(repository, id).map(upload -> new LinkingUpload(repository, upload, this));
    }

    private Optional<Blob> stored(Digest digest, Digest target) throws IOException {
        OptionalLong size = store.size(target);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        Descriptor descriptor = new Descriptor(MediaTypes.OCTET_STREAM, digest, size.getAsLong());
        return Optional.of(new StoredBlob(descriptor, target, store));
    }

    private record StoredBlob(Descriptor descriptor, Digest target, BlobStore store) implements Blob {
        @Override
        public BlobContent open() throws IOException {
            return store.open(target)
                    .orElseThrow(() -> new RegistryException(
                            ErrorCode.BLOB_UNKNOWN, "the blob " + descriptor.digest() + " has just been deleted"));
        }
    }
}
