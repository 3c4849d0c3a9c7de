package dev.berth.registry.http.fault;

import java.util.Random;

/**
 * Which of the requests that a fault is for it hits.
 *
 * @param skip how many are spared first
 * @param every hits each that many-th of the rest
 * @param times how many are hit at the most
 * @param chance with what probability, 0 to 1, each of them is
 * @param seed what the probability is drawn from
 */
record Occasions(long skip, long every, long times, double chance, long seed) {

    static final Occasions ALWAYS = new Occasions(0, 1, Long.MAX_VALUE, 1, 0);

    Occasions {
        if (skip < 0 || every < 1 || times < 1) {
            throw new IllegalArgumentException("A fault skips none or more and hits one or more, unlike skip=" + skip
                    + ", every=" + every + ", times=" + times);
        }
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("A probability is from 0 to 1, unlike " + chance);
        }
    }

    Count begin() {
        return new Count(this);
    }

    @Override
    public String toString() {
        return (skip > 0 ? ", after " + skip : "")
                + (every > 1 ? ", every " + every + "th" : "")
                + (times < Long.MAX_VALUE ? ", " + times + (times == 1 ? " time" : " times") : "")
                + (chance < 1 ? ", with chance " + chance + " from seed " + seed : "");
    }

    /** Counts requests. Safe for use by several threads. */
    static final class Count {

        private final Occasions occasions;
        private final Random random;
        private long seen;
        private long hits;

        private Count(Occasions occasions) {
            this.occasions = occasions;
            this.random = new Random(occasions.seed);
        }

        /** Whether the request that comes now is hit. */
        synchronized boolean next() {
            seen++;
            long after = seen - occasions.skip;
            boolean hit = after > 0
                    && after % occasions.every == 0
                    && hits < occasions.times
                    && random.nextDouble() < occasions.chance;
            hits += hit ? 1 : 0;
            return hit;
        }

        synchronized long seen() {
            return seen;
        }

        synchronized long hits() {
            return hits;
        }
    }
}
