package dev.berth.registry.storage;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import java.util.Map;

/** What a store answers when it cannot go on with an upload, in the same words whichever store it is. */
public final class UploadRefusal {

    private UploadRefusal() {}

    /** The session was committed, cancelled, or never there. */
    public static RegistryException ended(UploadId id) {
        return new RegistryException(
                ErrorCode.BLOB_UPLOAD_UNKNOWN, "the upload session " + id + " has ended: begin a new one");
    }

    /** Another request is writing to the session or committing it. */
    public static RegistryException busy(UploadId id) {
        return new RegistryException(
                ErrorCode.RANGE_INVALID,
                "another request is writing to the upload session " + id
                        + ": send the pieces one after the other, and ask for its status to see where to go on");
    }

    /** The bytes received have another digest than the client said; the session has ended. */
    public static RegistryException digestMismatch(Digest expected, Digest actual) {
        return new RegistryException(
                ErrorCode.DIGEST_INVALID,
                "the bytes received have the digest " + actual + " instead of " + expected
                        + ": the upload is dropped, begin a new one",
                Map.of("expected", expected.toString(), "actual", actual.toString()));
    }
}
