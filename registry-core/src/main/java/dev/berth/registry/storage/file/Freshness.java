package dev.berth.registry.storage.file;

/**
 * When something was last looked at, and whether that will do. What is wanted so often that thousands of looks a second would see the
 * same is looked at once in a millisecond; all else each time. Changes that are counted end it at once. Safe for use by several threads.
 */
final class Freshness {

    /** For how many nanoseconds a look lasts. */
    static final long MOMENT = 1_000_000;

    /** How many times within a moment is often: more than one client gets by asking again and again. */
    static final int OFTEN = 16;

    /** How many moments may pass in which nobody asks, as when the threads that do wait for a processor. */
    static final int PAUSE = 10;

    private volatile Look last = new Look(0, 0, false);

    /** Counted without a lock by all who ask: one more or less does not matter. */
    private int asked;

    private record Look(long at, long changes, boolean lasting) {}

    /**
     * Whether the last look tells how things are.
     *
     * @param now in nanoseconds, from any beginning
     * @param changes how many have been counted
     */
    boolean lasts(long now, long changes) {
        asked++;
        Look look = last;
        return look.lasting && look.changes == changes && now - look.at < MOMENT;
    }

    /** To be called when a look has found no change; with what was given to {@link #lasts}, which was not so. */
    void looked(long now, long changes) {
        Look look = last;
        long passed = now - look.at;
        // The first look came at no time, which may be later than any.
        if (passed >= MOMENT || passed < 0) {
            boolean often = asked >= OFTEN && passed >= 0 && passed < PAUSE * MOMENT;
            asked = 0;
            last = new Look(now, changes, often);
        } else if (look.changes != changes) {
            last = new Look(look.at, changes, look.lasting);
        }
    }
}
