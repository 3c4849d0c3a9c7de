package dev.berth.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * An upload session: bytes that come in one or many pieces and become a blob all at once (OCI Distribution Specification,
 * "Pushing blobs"). A session outlives connections, and a restart where the storage does.
 *
 * <p>Safe for use by several threads; only one at a time can write.
 */
public interface BlobUpload {

    /** What clients call the session by. */
    UploadId id();

    /** When the session began. */
    Instant startedAt();

    /** How many bytes have been received. */
    long size() throws IOException;

    /**
     * Claims the session for writing behind the last byte received, until the writer is closed.
     *
     * @throws RegistryException {@link ErrorCode#RANGE_INVALID} while another request is writing to it, {@link
     *     ErrorCode#BLOB_UPLOAD_UNKNOWN} when the session has ended
     */
    BlobWriter append() throws IOException;

    /**
     * The same, by somebody who knows how much they are going to write: what would be too much is refused before it is sent.
     *
     * @param announced how many bytes that will be; empty if nobody knows
     * @throws RegistryException as in {@link #append()}; and {@link ErrorCode#DENIED} if there is no room for so much
     */
    default BlobWriter append(OptionalLong announced) throws IOException {
        return append();
    }

    /**
     * Ends the session: the bytes become a blob if they have the digest expected, and are dropped if not.
     *
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID} if the bytes have another digest, {@link
     *     ErrorCode#RANGE_INVALID} while a request is writing to it, {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} when the session
     *     has ended
     */
    Descriptor commit(Digest expected) throws IOException;

    /** Ends the session and drops its bytes. Does nothing when it has ended. */
    void cancel() throws IOException;
}
