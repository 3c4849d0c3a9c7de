package dev.berth.registry.http.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/**
 * Which of the requests that a fault is for it hits.
 *
 * @param skip how many are spared first
 * @param every hits each that many-th of the rest
 * @param times how many are hit at the most
 * @param chance with what probability, 0 to 1, each of them is
 * @param seed what the probability is drawn from
 * @param time how long any are hit, from when the fault is in force
 */
record Occasions(long skip, long every, long times, double chance, long seed, Optional<Duration> time) {

    static final Occasions ALWAYS = new Occasions(0, 1, Long.MAX_VALUE, 1, 0, Optional.empty());

    Occasions {
        if (skip < 0 || every < 1 || times < 1) {
            throw new IllegalArgumentException("A fault skips none or more and hits one or more, unlike skip=" + skip
                    + ", every=" + every + ", times=" + times);
        }
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("A probability is from 0 to 1, unlike " + chance);
        }
        if (time.filter(t -> t.isZero() || t.isNegative()).isPresent()) {
            throw new IllegalArgumentException("A fault lasts for a while, and not for " + time.get());
        }
    }

    Occasions withSkip(long count) {
        return new Occasions(count, every, times, chance, seed, time);
    }

    Occasions withEvery(long n) {
        return new Occasions(skip, n, times, chance, seed, time);
    }

    Occasions withTimes(long count) {
        return new Occasions(skip, every, count, chance, seed, time);
    }

    Occasions withChance(double probability, long newSeed) {
        return new Occasions(skip, every, times, probability, newSeed, time);
    }

    Occasions withTime(Duration duration) {
        return new Occasions(skip, every, times, chance, seed, Optional.of(duration));
    }

    Count begin(Clock clock) {
        return new Count(this, clock);
    }

    @Override
    public String toString() {
        return (skip > 0 ? ", after " + skip : "")
                + (every > 1 ? ", every " + every + "th" : "")
                + (times < Long.MAX_VALUE ? ", " + times + (times == 1 ? " time" : " times") : "")
                + (chance < 1 ? ", with chance " + chance + " from seed " + seed : "")
                + time.map(t -> ", for " + t.toMillis() + " ms").orElse("");
    }

    /** Counts requests. Safe for use by several threads. */
    static final class Count {

        private final Occasions occasions;
        private final Clock clock;
        private final Instant start;
        private final Random random;
        private long seen;
        private long hits;

        private Count(Occasions occasions, Clock clock) {
            this.occasions = occasions;
            this.clock = clock;
            this.start = clock.instant();
            this.random = new Random(occasions.seed);
        }

        /** Whether the request that comes now is hit. */
        synchronized boolean next() {
            seen++;
            long after = seen - occasions.skip;
            boolean hit = after > 0
                    && after % occasions.every == 0
                    && hits < occasions.times
                    && !over()
                    && random.nextDouble() < occasions.chance;
            hits += hit ? 1 : 0;
            return hit;
        }

        /** Whether its time has passed. */
        boolean over() {
            return occasions
                    .time
                    .filter(time -> Duration.between(start, clock.instant()).compareTo(time) >= 0)
                    .isPresent();
        }

        synchronized long seen() {
            return seen;
        }

        synchronized long hits() {
            return hits;
        }
    }
}
