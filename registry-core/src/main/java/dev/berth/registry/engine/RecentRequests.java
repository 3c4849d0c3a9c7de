package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;

/**
 * When content was last asked for, or came. A client that is told that a blob is there does not send it again, and relies on it until
 * its manifest is pushed: so a collector lets rest what somebody has just asked for.
 *
 * <p>Remembers some 300,000 digests in at most 8 MiB, and takes less as long as fewer are asked for. Where more are, the
 * time of the latest that was forgotten counts for all that are not known: that keeps garbage for longer and never takes too
 * much. Safe for use by several threads.
 */
final class RecentRequests {

    /** How many places there are for digests. Where more than some 60 % of them are taken, one has to be forgotten now and then. */
    private static final int MOST = 1 << 19;

    private static final int SEGMENT_BITS = 6;

    private final Segment[] segments = new Segment[1 << SEGMENT_BITS];
    private final Clock clock;

    RecentRequests(Clock clock) {
        this(clock, MOST);
    }

    /** @param most how many places there are, a power of two */
    RecentRequests(Clock clock, int most) {
        this.clock = clock;
        Arrays.setAll(segments, i -> new Segment(most >>> SEGMENT_BITS));
    }

    /** To be called before looking whether it is there. */
    void note(Digest digest) {
        long key = key(digest);
        segment(key).note(key, clock.millis());
    }

    /** Whether it was asked for after {@code limit}. */
    boolean since(Digest digest, Instant limit) {
        long key = key(digest);
        return segment(key).latest(key) > limit.toEpochMilli();
    }

    private Segment segment(long key) {
        return segments[(int) (key >>> (Long.SIZE - SEGMENT_BITS))];
    }

    /** The bits of a digest are as good as those of any hash. */
    private static long key(Digest digest) {
        long key = Long.parseUnsignedLong(digest.hex(), 0, 16, 16);
        return key == 0 ? 1 : key;
    }

    /** A table of pairs of key and time. A key is in one of the places that begin at its own; a key of 0 is none. */
    private static final class Segment {

        private static final int PROBES = 128;

        private final int most;
        /** Comes with the first key: a registry that a test uses for a moment needs few segments. */
        private long[] table = {};

        private int size;

        /** The latest time that was forgotten. */
        private long forgotten = Long.MIN_VALUE;

        Segment(int most) {
            this.most = most;
        }

        synchronized void note(long key, long millis) {
            if (table.length == 0) {
                table = new long[2 * PROBES];
            }
            int place = place(key);
            while (places() < most && (place < 0 || 2 * size > places())) {
                grow();
                place = place(key);
            }
            if (place < 0) {
                place = oldest(key);
                forgotten = Math.max(forgotten, table[place + 1]);
            } else if (table[place] == key) {
                table[place + 1] = Math.max(table[place + 1], millis);
                return;
            } else {
                size++;
            }
            table[place] = key;
            table[place + 1] = millis;
        }

        synchronized long latest(long key) {
            if (table.length == 0) {
                return forgotten;
            }
            int place = place(key);
            return place >= 0 && table[place] == key ? table[place + 1] : forgotten;
        }

        private int places() {
            return table.length / 2;
        }

        private int probe(long key, int number) {
            return 2 * (((int) key + number) & (places() - 1));
        }

        /** Where a key is, or where it could be; negative if all its places are taken by others. */
        private int place(long key) {
            for (int i = 0; i < PROBES; i++) {
                int place = probe(key, i);
                if (table[place] == key || table[place] == 0) {
                    return place;
                }
            }
            return -1;
        }

        private int oldest(long key) {
            int oldest = probe(key, 0);
            for (int i = 1; i < PROBES; i++) {
                int place = probe(key, i);
                oldest = table[place + 1] < table[oldest + 1] ? place : oldest;
            }
            return oldest;
        }

        private void grow() {
            long[] smaller = table;
            table = new long[2 * smaller.length];
            for (int i = 0; i < smaller.length; i += 2) {
                if (smaller[i] != 0) {
                    int place = place(smaller[i]);
                    table[place] = smaller[i];
                    table[place + 1] = smaller[i + 1];
                }
            }
        }
    }
}
