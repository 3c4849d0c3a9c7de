package dev.berth.registry.storage.file;

import dev.berth.registry.storage.file.FactChanges.Point;

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

    private volatile Look last;

    /** Counted without a lock by all who ask: one more or less does not matter. */
    private int asked;

    private record Look(Point at, boolean lasting) {}

    /** Of something that was looked at for the first time. */
    Freshness(Point now) {
        this.last = new Look(now, false);
    }

    /** Whether the last look tells how things are. */
    boolean lasts(Point now) {
        asked++;
        Look look = last;
        return look.lasting && look.at.changes() == now.changes() && now.nanos() - look.at.nanos() < MOMENT;
    }

    /** To be called when a look has found no change; with what was given to {@link #lasts}, which was not so. */
    void looked(Point now) {
        Look look = last;
        long passed = now.nanos() - look.at.nanos();
        if (passed >= MOMENT) {
            boolean often = asked >= OFTEN && passed < PAUSE * MOMENT;
            asked = 0;
            last = new Look(now, often);
        } else if (look.at.changes() != now.changes()) {
            last = new Look(new Point(look.at.nanos(), now.changes()), look.lasting);
        }
    }
}
