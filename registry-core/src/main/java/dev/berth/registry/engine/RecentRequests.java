package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When content was last asked for, or came. A client that is told that a blob is there does not send it again, and relies on it until
 * its manifest is pushed: so a collector lets rest what somebody has just asked for.
 *
 * <p>Takes the same little memory however much is asked for: digests share places, and the latest counts for all that share
 * one. That keeps some garbage for longer and never takes too much.
 */
final class RecentRequests {

    private static final int PLACES = 1 << 15;

    private final AtomicLongArray millis = new AtomicLongArray(PLACES);
    private final Clock clock;

    RecentRequests(Clock clock) {
        this.clock = clock;
    }

    /** To be called before looking whether it is there. */
    void note(Digest digest) {
        int place = place(digest);
        long now = clock.millis();
        if (millis.get(place) < now) {
            millis.set(place, now);
        }
    }

    /** Whether it was asked for after {@code limit}. */
    boolean since(Digest digest, Instant limit) {
        return millis.get(place(digest)) > limit.toEpochMilli();
    }

    private static int place(Digest digest) {
        return Integer.parseUnsignedInt(digest.hex(), 0, 7, 16) & (PLACES - 1);
    }
}
