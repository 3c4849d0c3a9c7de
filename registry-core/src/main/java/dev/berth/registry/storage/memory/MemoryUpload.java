package dev.berth.registry.storage.memory;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.KeptUpload;
import dev.berth.registry.storage.UploadRefusal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/** An upload into the heap. Its lock is held for moments only: whoever writes or commits claims the session. */
final class MemoryUpload implements BlobUpload {

    private enum State {
        IDLE,
        CLAIMED,
        ENDED
    }

    private final UploadId id;
    private final Instant startedAt;
    private final DigestAlgorithm algorithm;
    private final MessageDigest hash;
    private final MemoryBlobStore blobs;
    private final Runnable forget;
    private Instant changedAt;
    private GrowingBytes bytes = new GrowingBytes();
    private State state = State.IDLE;

    /**
     * @param blobs where the bytes go, and whose clock counts
     * @param forget takes this session out of the store
     */
    MemoryUpload(UploadId id, Instant startedAt, DigestAlgorithm algorithm, MemoryBlobStore blobs, Runnable forget) {
        this.id = id;
        this.startedAt = startedAt;
        this.algorithm = algorithm;
        this.hash = algorithm.newHash();
        this.blobs = blobs;
        this.forget = forget;
        this.changedAt = blobs.now();
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
        if (state == State.ENDED) {
            throw UploadRefusal.ended(id);
        }
        return bytes.size();
    }

    @Override
    public BlobWriter append() {
        claim();
        return new Writer();
    }

    @Override
    public Descriptor commit(Digest expected) {
        Bytes whole = claim().finish();
        Digest actual =
                expected.algorithm() == algorithm ? algorithm.finish(hash) : rehash(whole, expected.algorithm());
        boolean matches = actual.equals(expected);
        if (matches) {
            blobs.keep(expected, whole);
        }
        cancel();
        if (!matches) {
            throw UploadRefusal.digestMismatch(expected, actual);
        }
        return new Descriptor(MediaTypes.OCTET_STREAM, expected, whole.size());
    }

    @Override
    public synchronized void cancel() {
        state = State.ENDED;
        bytes = new GrowingBytes();
        forget.run();
    }

    /** As {@link dev.berth.registry.storage.BlobStore#expire} does it. */
    synchronized boolean expire(Instant limit) {
        boolean rested = state == State.IDLE && !changedAt.isAfter(limit);
        if (rested) {
            cancel();
        }
        return rested;
    }

    /** What is known of it, unless it has ended. */
    synchronized Optional<KeptUpload> kept(RepositoryName repository) {
        return state == State.ENDED
                ? Optional.empty()
                : Optional.of(new KeptUpload(repository, id, bytes.size(), changedAt));
    }

    private static Digest rehash(Bytes bytes, DigestAlgorithm algorithm) {
        MessageDigest hash = algorithm.newHash();
        bytes.hash(hash);
        return algorithm.finish(hash);
    }

    private synchronized GrowingBytes claim() {
        if (state == State.ENDED) {
            throw UploadRefusal.ended(id);
        }
        if (state == State.CLAIMED) {
            throw UploadRefusal.busy(id);
        }
        state = State.CLAIMED;
        return bytes;
    }

    private synchronized void release() {
        if (state == State.CLAIMED) {
            state = State.IDLE;
        }
    }

    private synchronized void add(ByteBuffer chunk) {
        if (state == State.ENDED) {
            throw UploadRefusal.ended(id);
        }
        bytes.append(chunk);
        changedAt = blobs.now();
    }

    private final class Writer implements BlobWriter {

        private boolean closed;

        @Override
        public void write(ByteBuffer chunk) {
            if (closed) {
                throw new IllegalStateException("This writer is closed");
            }
            ByteBuffer sameChunk = chunk.duplicate();
            add(chunk);
            hash.update(sameChunk);
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
