package dev.berth.registry.engine;

import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Holds up whoever passes more bytes than were allowed in the time since the first. For one thread. */
final class Throttle {

    private static final long BURST_MILLIS = 20;

    private final OptionalLong bytesPerSecond;
    private final InstantSource clock;
    private final Pause pause;
    private long beganAt = -1;
    private double passed;

    /** How to wait. */
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    Throttle(OptionalLong bytesPerSecond, InstantSource clock, Pause pause) {
        this.bytesPerSecond = bytesPerSecond;
        this.clock = clock;
        this.pause = pause;
    }

    static Throttle to(OptionalLong bytesPerSecond) {
        return new Throttle(
                bytesPerSecond,
                () -> java.time.Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(System.nanoTime())),
                Thread::sleep);
    }

    /**
     * Some bytes have passed; returns when the next may.
     *
     * @throws CancellationException if the thread is interrupted, which it then still is
     */
    void passed(int bytes) {
        if (bytesPerSecond.isEmpty()) {
            return;
        }
        long now = clock.millis();
        beganAt = beganAt < 0 ? now : beganAt;
        passed += bytes;
        long due = beganAt + (long) (passed * 1000 / bytesPerSecond.getAsLong());
        if (due - now > BURST_MILLIS) {
            try {
                pause.millis(due - now);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Interrupted");
            }
        }
    }
}
