package dev.berth.registry.image.remote;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * An upload session of a registry elsewhere. Bytes are sent in pieces of a few MiB, or of as many as that registry wants at least,
 * which is what it holds in memory.
 */
final class RemoteUpload implements BlobUpload {

    private static final int PIECE = 4 << 20;
    private static final int LONGEST_PIECE = 64 << 20;
    private static final int FIRST_BUFFER = 1 << 16;

    private final RemoteClient client;
    private final String repository;
    private final UploadId id;
    private final int piece;
    private final Instant startedAt;
    private final Runnable whenEnded;
    private String location;
    private long sent;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int buffered;
    private boolean writing;
    private boolean ended;

    RemoteUpload(
            RemoteClient client,
            String repository,
            UploadId id,
            String location,
            long leastPiece,
            Instant startedAt,
            Runnable whenEnded) {
        this.client = client;
        this.repository = repository;
        this.id = id;
        this.location = location;
        this.piece = (int) Math.max(PIECE, Math.min(leastPiece, LONGEST_PIECE));
        this.startedAt = startedAt;
        this.whenEnded = whenEnded;
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
    public synchronized long size() {
        return sent + buffered;
    }

    @Override
    public synchronized BlobWriter append() {
        requireFree();
        writing = true;
        return new Writer();
    }

    private void requireFree() {
        if (ended) {
            throw new RegistryException(ErrorCode.BLOB_UPLOAD_UNKNOWN, "the upload session " + id + " has ended");
        }
        if (writing) {
            throw new RegistryException(
                    ErrorCode.RANGE_INVALID, "the upload session " + id + " is being written to: wait for its end");
        }
    }

    private void send() throws IOException {
        HttpResponse<InputStream> response = client.request("PATCH", location)
                .about(repository)
                .header("Content-Type", MediaTypes.OCTET_STREAM)
                .header("Content-Range", sent + "-" + (sent + buffered - 1))
                .body(buffer, buffered)
                .send();
        // Amazon ECR answers 201, where the specification has 202.
        if (response.statusCode() != 202 && response.statusCode() != 201) {
            throw RemoteClient.refusal(response);
        }
        response.body().close();
        location = response.headers().firstValue("Location").orElse(location);
        sent += buffered;
        buffered = 0;
    }

    @Override
    public synchronized Descriptor commit(Digest expected) throws IOException {
        requireFree();
        if (buffered > 0) {
            send();
        }
        HttpResponse<InputStream> response = client.request(
                        "PUT", location + (location.indexOf('?') < 0 ? "?" : "&") + "digest=" + expected)
                .about(repository)
                .send();
        end();
        if (response.statusCode() != 201) {
            throw RemoteClient.refusal(response);
        }
        response.body().close();
        return new Descriptor(MediaTypes.OCTET_STREAM, expected, sent);
    }

    @Override
    public synchronized void cancel() throws IOException {
        if (!ended) {
            end();
            // Whether it knows how to cancel or not: a session that nobody goes on with comes to nothing.
            client.request("DELETE", location).about(repository).send().body().close();
        }
    }

    private void end() {
        ended = true;
        buffer = new byte[0];
        whenEnded.run();
    }

    private synchronized void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (buffered == piece) {
                send();
            }
            if (buffered == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(piece, buffer.length * 4));
            }
            int count = Math.min(bytes.remaining(), buffer.length - buffered);
            bytes.get(buffer, buffered, count);
            buffered += count;
        }
    }

    private synchronized void release() {
        writing = false;
    }

    /** Fills the buffer. */
    private final class Writer implements BlobWriter {

        private boolean closed;

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            RemoteUpload.this.write(bytes);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release();
            }
        }
    }
}
