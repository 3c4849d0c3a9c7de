package dev.berth.registry.junit5;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of a test's registry. It goes with the system's, or stands still, and is put forward by the test: tokens run out, limits
 * are lifted and content grows old without anybody waiting. Safe for use by several threads.
 */
public final class TestClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> ahead;

    /** A clock that goes with the system's. */
    public TestClock() {
        this(Clock.systemUTC(), new AtomicReference<>(Duration.ZERO));
    }

    private TestClock(Clock base, AtomicReference<Duration> ahead) {
        this.base = base;
        this.ahead = ahead;
    }

    /** A clock that stands still but for what it is put forward. */
    public static TestClock stoppedAt(Instant instant) {
        return new TestClock(Clock.fixed(instant, ZoneOffset.UTC), new AtomicReference<>(Duration.ZERO));
    }

    /**
     * Puts it forward.
     *
     * @throws IllegalArgumentException if the time is negative: a registry's clock does not go back
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A clock is put forward, and not by " + time);
        }
        ahead.accumulateAndGet(time, Duration::plus);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    /** The same clock in another zone: it is put forward with this one. */
    @Override
    public Clock withZone(ZoneId zone) {
        return new TestClock(base.withZone(zone), ahead);
    }

    @Override
    public String toString() {
        return "TestClock[" + base + " + " + ahead.get() + "]";
    }
}
