package dev.berth.registry.engine;

/**
 * Watches a verification. Is called on its thread, so that a slow listener makes it slow; what one throws ends the verification
 * and comes out of it.
 */
public interface VerificationListener {

    /** A listener that does nothing. */
    static VerificationListener none() {
        return new VerificationListener() {};
    }

    /** Called now and then, and whenever a phase begins. */
    default void progress(VerificationProgress progress) {}

    /** Called for each thing that is wrong. */
    default void damaged(Damage damage) {}
}
