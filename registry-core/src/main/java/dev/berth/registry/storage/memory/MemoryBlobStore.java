package dev.berth.registry.storage.memory;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.BlobStore;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Blobs and uploads in maps. */
final class MemoryBlobStore implements BlobStore {

    private final ConcurrentMap<Digest, Bytes> blobs = new ConcurrentHashMap<>();
    private final ConcurrentMap<Session, MemoryUpload> uploads = new ConcurrentHashMap<>();

    @Override
    public OptionalLong size(Digest digest) {
        Bytes blob = blobs.get(digest);
        return blob == null ? OptionalLong.empty() : OptionalLong.of(blob.size());
    }

    @Override
    public Optional<BlobContent> open(Digest digest) {
        return Optional.ofNullable(blobs.get(digest)).map(MemoryContent::new);
    }

    @Override
    public void put(Digest digest, ByteBuffer content) {
        if (!blobs.containsKey(digest)) {
            GrowingBytes bytes = new GrowingBytes();
            bytes.append(content);
            blobs.putIfAbsent(digest, bytes.finish());
        }
    }

    @Override
    public boolean delete(Digest digest) {
        return blobs.remove(digest) != null;
    }

    @Override
    public BlobUpload begin(RepositoryName repository, UploadId id, DigestAlgorithm algorithm, Instant startedAt) {
        Session session = new Session(repository, id);
        MemoryUpload upload = new MemoryUpload(id, startedAt, algorithm, blobs, () -> uploads.remove(session));
        if (uploads.putIfAbsent(session, upload) != null) {
            throw new IllegalStateException("The upload session " + id + " in " + repository + " exists already");
        }
        return upload;
    }

    @Override
    public Optional<BlobUpload> resume(RepositoryName repository, UploadId id) {
        return Optional.ofNullable(uploads.get(new Session(repository, id)));
    }

    void clear() {
        blobs.clear();
        uploads.clear();
    }

    private record Session(RepositoryName repository, UploadId id) {}
}
