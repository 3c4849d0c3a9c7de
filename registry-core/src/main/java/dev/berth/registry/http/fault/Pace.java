package dev.berth.registry.http.fault;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How fast bytes may come. */
record Pace(long bytesPerSecond) {

    private static final int PIECES_PER_SECOND = 20;

    /** How many to take at once. */
    int piece() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytesPerSecond / PIECES_PER_SECOND));
    }

    /** Waits as long as so many bytes take. */
    void after(int bytes) throws InterruptedIOException {
        pause(Duration.ofNanos(Math.max(0, bytes) * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond));
    }

    /** Waits. */
    static void pause(Duration duration) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("A slow body was interrupted");
        }
    }
}
