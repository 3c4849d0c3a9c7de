package dev.berth.registry.event;

import java.io.Closeable;
import java.time.Duration;

/** A listener's place at {@link Events}. Closing it ends it. */
public interface Subscription extends Closeable {

    /** How many events it was not told of because too many were waiting already. */
    long dropped();

    /** How many events it was told of and threw something at. */
    long failed();

    /** Takes no more events. Those that wait are still told. May be called more than once; does not wait. */
    @Override
    void close();

    /**
     * Waits, after it was closed, until the last event has been told.
     *
     * @return whether that was so before the time was over
     * @throws InterruptedException if this thread is interrupted first
     */
    boolean awaitEnd(Duration time) throws InterruptedException;
}
