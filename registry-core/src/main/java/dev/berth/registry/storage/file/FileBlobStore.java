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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A file for each blob, and a directory for each upload. */
final class FileBlobStore implements BlobStore {

    private final BlobFiles blobs;
    private final FileLayout layout;
    private final Directories directories;
    private final UploadSessions sessions;
    private final SharedFiles files = new SharedFiles();

    FileBlobStore(FileLayout layout, Directories directories, BlobFiles blobs) {
        this.layout = layout;
        this.directories = directories;
        this.blobs = blobs;
        this.sessions = new UploadSessions(directories, blobs);
    }

    @Override
    public OptionalLong size(Digest digest) throws IOException {
        Path file = blobs.path(digest);
        long length = file.toFile().length();
        boolean there = length > 0 || AtomicFiles.exists(file);
        return there ? OptionalLong.of(length) : OptionalLong.empty();
    }

    @Override
    public Optional<BlobContent> open(Digest digest) throws IOException {
        Path file = blobs.path(digest);
        try {
            return Optional.of(FileContent.open(file, files));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(Digest digest, ByteBuffer content) throws IOException {
        blobs.write(digest, content);
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        Path file = blobs.path(digest);
        boolean deleted = Files.deleteIfExists(file);
        directories.pruneLoosely(FileLayout.directoryOf(file));
        return deleted;
    }

    @Override
    public Optional<String> quarantine(Digest digest) throws IOException {
        return blobs.quarantine(digest).map(Path::toString);
    }

    @Override
    public void forEachBlob(Visitor<KeptBlob> visitor) throws IOException {
        FileWalk.blobs(layout, visitor);
    }

    @Override
    public BlobUpload begin(RepositoryName repository, UploadId id, DigestAlgorithm algorithm, Instant startedAt)
            throws IOException {
        UploadSession session = sessions.begin(layout.upload(repository, id), algorithm, startedAt);
        return new FileUpload(id, session.directory(), session.startedAt(), sessions, blobs);
    }

    @Override
    public Optional<BlobUpload> resume(RepositoryName repository, UploadId id) throws IOException {
        return sessions.find(layout.upload(repository, id))
                .map(session -> new FileUpload(id, session.directory(), session.startedAt(), sessions, blobs));
    }

    @Override
    public void forEachUpload(Visitor<KeptUpload> visitor) throws IOException {
        FileWalk.uploads(layout, visitor);
    }

    @Override
    public boolean expire(RepositoryName repository, UploadId id, Instant limit) throws IOException {
        return sessions.expire(layout.upload(repository, id), limit);
    }

    void close() {
        sessions.close();
    }
}
