package dev.berth.registry.storage.memory;

import dev.berth.registry.storage.MetadataKey;
import dev.berth.registry.storage.MetadataStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Facts in a sorted map. Inside it, a character below all that keys may have stands for the slash: so a key's children come
 * right behind it, and the order of the keys is the order of their segments ({@code a} before {@code a-b}, whatever follows).
 */
final class MemoryMetadataStore implements MetadataStore {

    private static final char SEPARATOR = '\0';
    private static final char BEHIND_SEPARATOR = '\1';

    private final ConcurrentSkipListMap<String, Fact> facts = new ConcurrentSkipListMap<>();
    private final Clock clock;

    /** A value, and when it came. None equals another: so the map tells whether one has been replaced. */
    static final class Fact {

        final byte[] value;
        final long changedAt;

        Fact(byte[] value, long changedAt) {
            this.value = value.clone();
            this.changedAt = changedAt;
        }
    }

    MemoryMetadataStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(facts.get(internal(key))).map(fact -> fact.value.clone());
    }

    @Override
    public boolean contains(String key) {
        return facts.containsKey(internal(key));
    }

    @Override
    public Optional<Instant> changedAt(String key) {
        return Optional.ofNullable(facts.get(internal(key))).map(fact -> Instant.ofEpochMilli(fact.changedAt));
    }

    @Override
    public void put(String key, byte[] value) {
        facts.put(internal(key), fact(value));
    }

    @Override
    public boolean create(String key, byte[] value) {
        return facts.putIfAbsent(internal(key), fact(value)) == null;
    }

    @Override
    public boolean replace(String key, byte[] expected, byte[] value) {
        String internal = internal(key);
        Fact replacement = fact(value);
        while (true) {
            Fact current = facts.get(internal);
            if (current == null || !Arrays.equals(current.value, expected)) {
                return false;
            }
            if (facts.replace(internal, current, replacement)) {
                return true;
            }
        }
    }

    @Override
    public boolean delete(String key) {
        return facts.remove(internal(key)) != null;
    }

    /** Jumps from child to child, over all that is below each. */
    @Override
    public List<String> children(String parent, Optional<String> after, int limit) {
        String prefix = parent.isEmpty() ? "" : internal(parent) + SEPARATOR;
        List<String> children = new ArrayList<>(Math.min(limit, 128));
        String from = after.map(last -> prefix + last + BEHIND_SEPARATOR).orElse(prefix);
        while (children.size() < limit) {
            String child = childAt(facts.ceilingKey(from), prefix);
            if (child == null) {
                break;
            }
            if (after.isEmpty() || child.compareTo(after.get()) > 0) {
                children.add(child);
            }
            from = prefix + child + BEHIND_SEPARATOR;
        }
        return children;
    }

    void clear() {
        facts.clear();
    }

    Map<String, Fact> copy() {
        return Map.copyOf(facts);
    }

    void replaceBy(Map<String, Fact> others) {
        facts.keySet().retainAll(others.keySet());
        facts.putAll(others);
    }

    private Fact fact(byte[] value) {
        return new Fact(value, clock.millis());
    }

    private static @Nullable String childAt(@Nullable String key, String prefix) {
        if (key == null || !key.startsWith(prefix)) {
            return null;
        }
        int end = key.indexOf(SEPARATOR, prefix.length());
        return key.substring(prefix.length(), end < 0 ? key.length() : end);
    }

    private static String internal(String key) {
        return MetadataKey.check(key).replace('/', SEPARATOR);
    }
}
