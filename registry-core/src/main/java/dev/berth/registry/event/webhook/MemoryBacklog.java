package dev.berth.registry.event.webhook;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A backlog that is gone with the process. */
final class MemoryBacklog implements Backlog {

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long added;
    private long bytes;

    @Override
    public void add(Instant time, String json) {
        added++;
        bytes += json.length();
        entries.addLast(new Entry(added, time, json));
    }

    @Override
    public Optional<Entry> first() {
        return Optional.ofNullable(entries.peekFirst());
    }

    @Override
    public void remove(Entry first) {
        if (first().filter(entry -> entry.number() == first.number()).isPresent()) {
            entries.removeFirst();
            bytes -= first.json().length();
        }
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        entries.clear();
    }
}
