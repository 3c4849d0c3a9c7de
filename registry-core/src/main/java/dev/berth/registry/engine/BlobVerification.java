package dev.berth.registry.engine;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.KeptBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/** Compares the bytes of blobs with their digests. */
final class BlobVerification {

    private static final int BUFFER = 256 * 1024;

    private final BlobStore blobs;
    private final Locks<Digest> locks;
    private final ManifestContent manifests;
    private final VerificationOptions options;
    private final VerificationRun run;
    private final Throttle throttle;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    BlobVerification(
            BlobStore blobs,
            Locks<Digest> locks,
            ManifestContent manifests,
            VerificationOptions options,
            VerificationRun run) {
        this.blobs = blobs;
        this.locks = locks;
        this.manifests = manifests;
        this.options = options;
        this.run = run;
        this.throttle = Throttle.to(options.bytesPerSecond());
    }

    /**
     * What was read.
     *
     * @param size how many bytes
     * @param actual their digest
     */
    private record Reading(long size, Digest actual) {}

    void verify(KeptBlob blob) throws IOException {
        Digest digest = blob.digest();
        try {
            if (isAltered(digest, read(digest))) {
                confirm(digest);
            }
        } catch (UnreadableException e) {
            if (blobs.size(digest).isPresent()) {
                run.damage(digest, new Damage.UnreadableBlob(digest, e.problem));
            }
        }
        run.blobDone();
    }

    private static boolean isAltered(Digest digest, Optional<Reading> reading) {
        return reading.isPresent() && !reading.get().actual().equals(digest);
    }

    /** Reads it once more: it may have been put anew meanwhile, which, if it is to be moved away, nobody may do from here on. */
    private void confirm(Digest digest) throws IOException, UnreadableException {
        if (!options.quarantine()) {
            report(digest, read(digest), Optional.empty());
            return;
        }
        Lock lock = locks.forDeleting(digest);
        lock.lock();
        try {
            Optional<Reading> reading = read(digest);
            Optional<String> moved = isAltered(digest, reading) ? blobs.quarantine(digest) : Optional.empty();
            manifests.forget(digest);
            report(digest, reading, moved);
        } finally {
            lock.unlock();
        }
    }

    private void report(Digest digest, Optional<Reading> reading, Optional<String> quarantine) {
        if (isAltered(digest, reading)) {
            run.damage(
                    digest,
                    new Damage.AlteredBlob(
                            digest, reading.get().size(), reading.get().actual(), quarantine));
        }
    }

    /** Reads a blob to its end, or returns empty if it has gone. */
    private Optional<Reading> read(Digest digest) throws UnreadableException {
        try {
            Optional<BlobContent> found = blobs.open(digest);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (BlobContent content = found.get()) {
                return Optional.of(read(content, digest));
            }
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }

    private Reading read(BlobContent content, Digest digest) throws IOException {
        MessageDigest hash = digest.algorithm().newHash();
        long position = 0;
        while (position < content.size()) {
            buffer.clear();
            int count = content.read(buffer, position);
            if (count < 0) {
                break;
            }
            hash.update(buffer.flip());
            position += count;
            run.bytesRead(count);
            throttle.passed(count);
        }
        return new Reading(position, digest.algorithm().finish(hash));
    }

    /** The storage fails to give the bytes of one blob, which is a finding; other failures end the verification. */
    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        final String problem;

        UnreadableException(IOException cause) {
            super(cause);
            this.problem = cause.toString();
        }
    }
}
