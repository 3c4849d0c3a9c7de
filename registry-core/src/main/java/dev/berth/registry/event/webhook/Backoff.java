package dev.berth.registry.event.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before somebody who has not taken something is asked again.
 *
 * @param threshold up to how many failures in a row the wait stays the same
 * @param first that wait
 * @param random shortens each by up to half, so that many that failed together do not come back together
 */
record Backoff(int threshold, Duration first, RandomGenerator random) {

    static final Duration LONGEST = Duration.ofMinutes(5);
    static final Duration LONGEST_ASKED = Duration.ofHours(1);

    /**
     * The wait after so many failures in a row.
     *
     * @param failures at least 1
     * @param asked what the other side asked for, if it did
     */
    Duration after(int failures, Optional<Duration> asked) {
        int doublings = Math.min(Math.max(0, failures - threshold), 30);
        long most = Math.max(first.toMillis(), LONGEST.toMillis());
        long millis = Math.min(Math.min(first.toMillis(), most) << doublings, most);
        Duration own = Duration.ofMillis(millis - (long) (random.nextDouble() * millis / 2));
        Duration theirs = asked.map(time -> time.compareTo(LONGEST_ASKED) < 0 ? time : LONGEST_ASKED)
                .orElse(Duration.ZERO);
        return own.compareTo(theirs) > 0 ? own : theirs;
    }
}
