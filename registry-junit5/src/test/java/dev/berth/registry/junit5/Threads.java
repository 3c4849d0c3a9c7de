package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

/** The threads of this process. */
final class Threads {

    private Threads() {}

    static int count() {
        return Thread.getAllStackTraces().size();
    }

    /** Says that there are only so many, or will be when those that are ending have ended. */
    static void assertNoMoreThan(int expected) {
        Instant patience = Instant.now().plus(Duration.ofSeconds(10));
        while (count() > expected && Instant.now().isBefore(patience)) {
            Thread.onSpinWait();
        }
        assertThat(Thread.getAllStackTraces().keySet()).hasSizeLessThanOrEqualTo(expected);
    }
}
