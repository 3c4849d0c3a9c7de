package dev.berth.registry.storage.file;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.UploadRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/** An upload session as one request sees it; what several requests share is in {@link UploadSession}. */
final class FileUpload implements BlobUpload {

    private static final int BUFFER = 128 * 1024;

    private final UploadId id;
    private final UploadDirectory directory;
    private final Instant startedAt;
    private final UploadSessions sessions;
    private final BlobFiles blobs;

    FileUpload(UploadId id, UploadDirectory directory, Instant startedAt, UploadSessions sessions, BlobFiles blobs) {
        this.id = id;
        this.directory = directory;
        this.startedAt = startedAt;
        this.sessions = sessions;
        this.blobs = blobs;
    }

    @Override
    public UploadId id() {
        return id;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public long size() throws IOException {
        return sessions.find(directory)
                .orElseThrow(() -> UploadRefusal.ended(id))
                .size();
    }

    @Override
    public BlobWriter append() throws IOException {
        UploadSession session = sessions.claim(directory, id);
        try {
            return FileUploadWriter.open(id, session, sessions);
        } catch (NoSuchFileException e) {
            throw UploadRefusal.ended(id);
        }
    }

    @Override
    public Descriptor commit(Digest expected) throws IOException {
        UploadSession session = sessions.claim(directory, id);
        try {
            store(session, expected);
            // While it is claimed: nobody else may end what has become a blob, and count it as abandoned.
            sessions.end(directory);
        } finally {
            sessions.release(session);
        }
        return new Descriptor(MediaTypes.OCTET_STREAM, expected, session.size());
    }

    private void store(UploadSession session, Digest expected) throws IOException {
        try {
            Digest actual = digest(session, expected.algorithm());
            if (!actual.equals(expected)) {
                sessions.end(directory);
                throw UploadRefusal.digestMismatch(expected, actual);
            }
            session.earlyForce().finish();
            blobs.adopt(directory.data(), expected);
        } catch (NoSuchFileException e) {
            throw UploadRefusal.ended(id);
        }
    }

    @Override
    public void cancel() throws IOException {
        sessions.end(directory);
    }

    /** The digest of what was received: at hand where it was hashed while it came, by that algorithm and in this process. */
    private Digest digest(UploadSession session, DigestAlgorithm algorithm) throws IOException {
        Optional<MessageDigest> hash = session.takeHash();
        try (FileChannel data = FileChannel.open(directory.data(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // What is left from a write that failed, of which the client has been told.
            data.truncate(session.size());
            return hash.isPresent() && session.algorithm() == algorithm && data.size() == session.size()
                    ? algorithm.finish(hash.get())
                    : hashed(data, algorithm, session.size());
        }
    }

    private static Digest hashed(FileChannel data, DigestAlgorithm algorithm, long size) throws IOException {
        MessageDigest hash = algorithm.newHash();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long position = 0; position < size; position += buffer.limit()) {
            buffer.clear();
            if (data.read(buffer, position) < 0) {
                break;
            }
            hash.update(buffer.flip());
        }
        return algorithm.finish(hash);
    }
}
