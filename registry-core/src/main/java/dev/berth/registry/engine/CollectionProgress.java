package dev.berth.registry.engine;

/**
 * How far a collection is.
 *
 * @param phase what it does now
 * @param repositories how many it has looked at
 * @param manifests how many it has read
 * @param blobs how many it has looked at
 * @param garbage how many things it has found to be garbage
 * @param bytes how many bytes of content these have
 */
public record CollectionProgress(Phase phase, long repositories, long manifests, long blobs, long garbage, long bytes) {

    /** The parts of a collection, in their order. */
    public enum Phase {
        /** Reads all manifests, and removes from repositories what no manifest there needs. */
        REPOSITORIES,
        /** Removes the bytes that no repository has. */
        BLOBS,
        /** Removes upload sessions that nobody goes on with. */
        UPLOADS,
        /** Has ended. */
        DONE
    }
}
