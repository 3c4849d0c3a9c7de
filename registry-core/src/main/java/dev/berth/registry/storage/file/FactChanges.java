package dev.berth.registry.storage.file;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Counts what this process changes, so that what was seen a moment ago is known to be so still, where no other registry writes. Safe for
 * use by several threads.
 */
final class FactChanges {

    /** How many keys are told apart: a change of one that looks alike costs no more than another look. */
    private static final int TOLD_APART = 1_024;

    /**
     * A point in time.
     *
     * @param nanos from any beginning
     * @param changes how many there had been by then
     */
    record Point(long nanos, long changes) {}

    private final AtomicLongArray counts = new AtomicLongArray(TOLD_APART);
    private final boolean alone;
    private final LongSupplier nanos;

    /**
     * Has counted nothing yet.
     *
     * @param alone whether this process has the right to write for itself
     * @param nanos what {@link System#nanoTime} says
     */
    FactChanges(boolean alone, LongSupplier nanos) {
        this.alone = alone;
        this.nanos = nanos;
    }

    /** Whether nobody but programs that know nothing of us changes anything else. */
    boolean areAll() {
        return alone;
    }

    /** How things stand for a key. To be taken before a look, since what changes meanwhile may not have been seen. */
    Point now(String key) {
        return new Point(nanos.getAsLong(), counts.get(place(key)));
    }

    /** To be called when a fact has been written or removed, before anybody is told. */
    void add(String key) {
        counts.incrementAndGet(place(key));
    }

    private static int place(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & (TOLD_APART - 1);
    }
}
