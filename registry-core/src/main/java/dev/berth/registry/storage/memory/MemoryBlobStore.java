package dev.berth.registry.storage.memory;

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
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Blobs and uploads in maps. */
final class MemoryBlobStore implements BlobStore {

    private final ConcurrentMap<Digest, Kept> blobs = new ConcurrentHashMap<>();
    private final ConcurrentMap<Session, MemoryUpload> uploads = new ConcurrentHashMap<>();
    private final Clock clock;

    /** A blob, and when it was last added. */
    record Kept(Bytes bytes, Instant changedAt) {}

    MemoryBlobStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public OptionalLong size(Digest digest) {
        Kept blob = blobs.get(digest);
        return blob == null
                ? OptionalLong.empty()
                : OptionalLong.of(blob.bytes().size());
    }

    @Override
    public Optional<BlobContent> open(Digest digest) {
        return Optional.ofNullable(blobs.get(digest)).map(blob -> new MemoryContent(blob.bytes()));
    }

    @Override
    public void put(Digest digest, ByteBuffer content) {
        Kept there = blobs.get(digest);
        if (there != null) {
            keep(digest, there.bytes());
            return;
        }
        GrowingBytes bytes = new GrowingBytes();
        bytes.append(content);
        keep(digest, bytes.finish());
    }

    /** Makes bytes the blob, or renews the one that is there. */
    void keep(Digest digest, Bytes bytes) {
        blobs.merge(digest, new Kept(bytes, now()), (there, added) -> new Kept(there.bytes(), added.changedAt()));
    }

    @Override
    public boolean delete(Digest digest) {
        return blobs.remove(digest) != null;
    }

    @Override
    public void forEachBlob(Visitor<KeptBlob> visitor) throws IOException {
        for (Map.Entry<Digest, Kept> entry : blobs.entrySet()) {
            Kept blob = entry.getValue();
            visitor.visit(new KeptBlob(entry.getKey(), blob.bytes().size(), blob.changedAt()));
        }
    }

    @Override
    public BlobUpload begin(RepositoryName repository, UploadId id, DigestAlgorithm algorithm, Instant startedAt) {
        Session session = new Session(repository, id);
        MemoryUpload upload = new MemoryUpload(id, startedAt, algorithm, this, () -> uploads.remove(session));
        if (uploads.putIfAbsent(session, upload) != null) {
            throw new IllegalStateException("The upload session " + id + " in " + repository + " exists already");
        }
        return upload;
    }

    @Override
    public Optional<BlobUpload> resume(RepositoryName repository, UploadId id) {
        return Optional.ofNullable(uploads.get(new Session(repository, id)));
    }

    @Override
    public void forEachUpload(Visitor<KeptUpload> visitor) throws IOException {
        for (Map.Entry<Session, MemoryUpload> entry : uploads.entrySet()) {
            Optional<KeptUpload> upload = entry.getValue().kept(entry.getKey().repository());
            if (upload.isPresent()) {
                visitor.visit(upload.get());
            }
        }
    }

    @Override
    public boolean expire(RepositoryName repository, UploadId id, Instant limit) {
        MemoryUpload upload = uploads.get(new Session(repository, id));
        return upload != null && upload.expire(limit);
    }

    Instant now() {
        return clock.instant();
    }

    void clear() {
        blobs.clear();
        uploads.clear();
    }

    Map<Digest, Kept> copy() {
        return Map.copyOf(blobs);
    }

    void replaceBy(Map<Digest, Kept> others) {
        uploads.clear();
        blobs.keySet().retainAll(others.keySet());
        blobs.putAll(others);
    }

    private record Session(RepositoryName repository, UploadId id) {}
}
