package dev.berth.registry.retention;

/**
 * Is told what is done and why, in the thread that does it; what it throws ends the run and comes out of it.
 */
@FunctionalInterface
public interface RetentionListener {

    /** A listener that does nothing. */
    static RetentionListener none() {
        return decision -> {};
    }

    /** It has been done, or left undone. */
    void decided(RetentionDecision decision);
}
