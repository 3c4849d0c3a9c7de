package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The threads of this process, but for those of the client that samples use, which makes more when it is busy. */
final class Threads {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Threads() {}

    static int count() {
        return all().size();
    }

    /** Says that there are only so many, or will be when those that are ending have ended. */
    static void assertNoMoreThan(int expected) {
        Instant end = Instant.now().plus(PATIENCE);
        while (count() > expected && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        assertThat(all()).hasSizeLessThanOrEqualTo(expected);
    }

    private static List<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("HttpClient-"))
                .toList();
    }
}
