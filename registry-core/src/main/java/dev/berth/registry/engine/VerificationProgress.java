package dev.berth.registry.engine;

/**
 * How far a verification is.
 *
 * @param phase what it does now
 * @param blobs how many blobs and manifests have been read
 * @param allBlobs how many there were when it began
 * @param bytes how many bytes have been read
 * @param allBytes how many there were when it began
 * @param repositories how many have been looked at
 * @param allRepositories how many there were when it began
 * @param damages how many things were found wrong
 */
public record VerificationProgress(
        Phase phase,
        long blobs,
        long allBlobs,
        long bytes,
        long allBytes,
        long repositories,
        long allRepositories,
        long damages) {

    /** The parts of a verification, in their order. */
    public enum Phase {
        /** Counts what there is to look at. */
        COUNTING,
        /** Reads the bytes of all blobs and manifests, and compares their digests. */
        BLOBS,
        /** Follows all tags and manifests. */
        REPOSITORIES,
        /** Has ended. */
        DONE
    }
}
