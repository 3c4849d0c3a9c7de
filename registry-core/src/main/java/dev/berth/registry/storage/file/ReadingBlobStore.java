package dev.berth.registry.storage.file;

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

/** Blobs that another process may add and delete, and this one does not. Uploads are that process's alone. */
record ReadingBlobStore(BlobStore files, ReadingRefusal refusal) implements BlobStore {

    @Override
    public OptionalLong size(Digest digest) throws IOException {
        return files.size(digest);
    }

    @Override
    public Optional<BlobContent> open(Digest digest) throws IOException {
        return files.open(digest);
    }

    @Override
    public void put(Digest digest, ByteBuffer content) throws IOException {
        throw refusal.toWrite();
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        throw refusal.toWrite();
    }

    @Override
    public Optional<String> quarantine(Digest digest) throws IOException {
        throw refusal.toWrite();
    }

    @Override
    public void forEachBlob(Visitor<KeptBlob> visitor) throws IOException {
        files.forEachBlob(visitor);
    }

    @Override
    public BlobUpload begin(RepositoryName repository, UploadId id, DigestAlgorithm algorithm, Instant startedAt)
            throws IOException {
        throw refusal.toWrite();
    }

    @Override
    public Optional<BlobUpload> resume(RepositoryName repository, UploadId id) {
        return Optional.empty();
    }

    @Override
    public void forEachUpload(Visitor<KeptUpload> visitor) throws IOException {
        files.forEachUpload(visitor);
    }

    @Override
    public boolean expire(RepositoryName repository, UploadId id, Instant limit) throws IOException {
        throw refusal.toWrite();
    }
}
