package dev.berth.registry.testkit.storage;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.KeptBlob;
import dev.berth.registry.storage.KeptUpload;
import dev.berth.registry.storage.Visitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A blob store that passes everything on to another, for one that changes some of it: to watch it, to count, to let something go
 * wrong. As safe for use by several threads as the other.
 */
public abstract class ForwardingBlobStore implements BlobStore {

    private final BlobStore next;

    /** @param next what everything is passed on to */
    protected ForwardingBlobStore(BlobStore next) {
        this.next = next;
    }

    @Override
    public OptionalLong size(Digest digest) throws IOException {
        return next.size(digest);
    }

    @Override
    public Optional<BlobContent> open(Digest digest) throws IOException {
        return next.open(digest);
    }

    @Override
    public void put(Digest digest, ByteBuffer content) throws IOException {
        next.put(digest, content);
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        return next.delete(digest);
    }

    @Override
    public Optional<String> quarantine(Digest digest) throws IOException {
        return next.quarantine(digest);
    }

    @Override
    public void forEachBlob(Visitor<KeptBlob> visitor) throws IOException {
        next.forEachBlob(visitor);
    }

    @Override
    public BlobUpload begin(RepositoryName repository, UploadId id, DigestAlgorithm algorithm, Instant startedAt)
            throws IOException {
        return next.begin(repository, id, algorithm, startedAt);
    }

    @Override
    public Optional<BlobUpload> resume(RepositoryName repository, UploadId id) throws IOException {
        return next.resume(repository, id);
    }

    @Override
    public void forEachUpload(Visitor<KeptUpload> visitor) throws IOException {
        next.forEachUpload(visitor);
    }

    @Override
    public boolean expire(RepositoryName repository, UploadId id, Instant limit) throws IOException {
        return next.expire(repository, id, limit);
    }
}
