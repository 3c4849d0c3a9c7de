package dev.berth.registry.storage.file;

import dev.berth.registry.BlobWriter;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.UploadRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Adds to an upload's data and hashes what it adds. Bytes count once they are written: a write that fails, on a full disk
 * say, leaves size and hash as they were, and what it wrote is cut off or written over.
 */
final class FileUploadWriter implements BlobWriter {

    private final UploadId id;
    private final UploadSession session;
    private final UploadSessions sessions;
    private final FileChannel data;
    private final @Nullable UploadHash hash;
    private boolean closed;

    private FileUploadWriter(UploadId id, UploadSession session, UploadSessions sessions, FileChannel data) {
        this.id = id;
        this.session = session;
        this.sessions = sessions;
        this.data = data;
        this.hash = session.hash();
    }

    /** Opens the data of a session that the caller has claimed; the claim goes over to the writer, or ends if that fails. */
    static FileUploadWriter open(UploadId id, UploadSession session, UploadSessions sessions) throws IOException {
        boolean opened = false;
        try {
            FileChannel data = FileChannel.open(session.directory().data(), StandardOpenOption.WRITE);
            opened = true;
            return new FileUploadWriter(id, session, sessions, data);
        } finally {
            if (!opened) {
                sessions.release(session);
            }
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (session.ended()) {
            throw UploadRefusal.ended(id);
        }
        ByteBuffer written = bytes.duplicate();
        long position = session.size();
        try {
            while (bytes.hasRemaining()) {
                position += data.write(bytes, position);
            }
        } catch (IOException e) {
            cutOff(e);
            throw e;
        }
        if (hash != null) {
            hash.update(written);
        }
        session.size(position);
        session.earlyForce().reached(position);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (data) {
            if (hash != null) {
                hash.rest();
            }
        } finally {
            sessions.release(session);
        }
    }

    private void cutOff(IOException cause) {
        try {
            data.truncate(session.size());
        } catch (IOException e) {
            // The commit will see to it.
            cause.addSuppressed(e);
        }
    }
}
