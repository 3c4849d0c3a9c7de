package dev.berth.registry.storage;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps bytes by their digest, each content once. A blob is whole or it is not there; what has been committed survives
 * whatever the storage promises to survive. Safe for use by several threads.
 */
public interface BlobStore {

    /** The size of a blob in bytes, or empty if it is not there. */
    OptionalLong size(Digest digest) throws IOException;

    /** Opens a blob; the caller closes it. It stays readable until then, even if it is deleted meanwhile. */
    Optional<BlobContent> open(Digest digest) throws IOException;

    /**
     * Stores a small blob whose digest the caller has computed. If it is there already, only its {@linkplain
     * KeptBlob#changedAt time} becomes now, as it does when an upload brings it again.
     *
     * @param content all that remains in it is the blob; its position may move
     */
    void put(Digest digest, ByteBuffer content) throws IOException;

    /**
     * Deletes a blob for good. Returns whether it was there. A power cut may undo it: nobody deletes a blob that is still
     * needed for anything.
     */
    boolean delete(Digest digest) throws IOException;

    /**
     * Moves a blob whose bytes are not its own out of everybody's reach, to where a person can look at it. From then on it
     * can be put anew.
     *
     * @return where it is now, or empty if it was not there, or this store has no such place: it is where it was then
     */
    default Optional<String> quarantine(Digest digest) throws IOException {
        return Optional.empty();
    }

    /**
     * Shows all blobs, in any order. One that is there from the beginning to the end is shown once; one that comes or goes
     * meanwhile may be shown or not. Takes little memory, however many there are.
     */
    void forEachBlob(Visitor<KeptBlob> visitor) throws IOException;

    /**
     * Begins an upload. Committing it puts the blob into this store; links to it are the caller's to make.
     *
     * @param repository where clients know the session
     * @param id what clients know the session by; not in use in that repository
     * @param algorithm the algorithm that the commit will most likely name: hashing by it is done while writing
     */
    BlobUpload begin(RepositoryName repository, UploadId id, DigestAlgorithm algorithm, Instant startedAt)
            throws IOException;

    /** Finds an upload that has not ended, after a restart too where the storage survives one. */
    Optional<BlobUpload> resume(RepositoryName repository, UploadId id) throws IOException;

    /** Shows all uploads that have not ended, as {@link #forEachBlob} does blobs, also what is left of one in part. */
    void forEachUpload(Visitor<KeptUpload> visitor) throws IOException;

    /**
     * Ends an upload and drops its bytes if it has rested since {@code limit}: no bytes have come after it, and nobody is
     * writing to it or committing it now.
     *
     * @return whether there was such an upload
     */
    boolean expire(RepositoryName repository, UploadId id, Instant limit) throws IOException;
}
