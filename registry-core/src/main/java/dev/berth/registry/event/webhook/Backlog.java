package dev.berth.registry.event.webhook;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Notifications that wait, in order. Used by one thread at a time. */
interface Backlog extends Closeable {

    /**
     * A notification that waits.
     *
     * @param number tells it from all others of this backlog
     * @param time when it happened
     * @param json what there is to say
     */
    record Entry(long number, Instant time, String json) {}

    /** Puts one behind all others. If this fails it is not there. */
    void add(Instant time, String json) throws IOException;

    /** The one that has waited the longest. */
    Optional<Entry> first() throws IOException;

    /** Takes that one out, if it is still the first. */
    void remove(Entry first) throws IOException;

    /** How many there are. */
    long size();

    /** How many bytes they have, roughly. */
    long bytes();
}
