package dev.berth.registry.engine;

/**
 * Watches a collection. Is called on its thread, so that a slow listener makes it slow; what one throws ends the collection
 * and comes out of it.
 */
public interface CollectionListener {

    /** A listener that does nothing. */
    static CollectionListener none() {
        return new CollectionListener() {};
    }

    /** Called now and then, and whenever a phase ends. */
    default void progress(CollectionProgress progress) {}

    /** Called for each thing that was removed, or would be if this were no dry run. */
    default void collected(Garbage garbage) {}
}
