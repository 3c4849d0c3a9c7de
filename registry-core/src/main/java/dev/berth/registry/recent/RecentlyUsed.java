package dev.berth.registry.recent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A map of the entries that were used last, so that what comes from outside takes no more than so much memory: where there is one too many,
 * the one goes that was not read or written for longest. Safe for use by several threads; what it calls runs with its lock held, and is
 * to be short.
 *
 * @param <K> compared by {@code equals}
 * @param <V> what is remembered of it
 */
public final class RecentlyUsed<K, V> {

    private final Map<K, V> entries;

    /**
     * An empty map.
     *
     * @param most how many entries it keeps, at least 1
     * @throws IllegalArgumentException if that is below 1
     */
    public RecentlyUsed(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("A map keeps 1 entry or more, not " + most);
        }
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The value of a key, unless it was never put or has been forgotten. */
    public synchronized Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The value of a key, which is made if there is none. */
    public synchronized V get(K key, Supplier<? extends V> absent) {
        return entries.computeIfAbsent(key, missing -> absent.get());
    }

    /** Sets the value of a key. */
    public synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    /** Forgets a key, unless it has another value by now. */
    public synchronized void remove(K key, V value) {
        entries.remove(key, value);
    }

    /** Makes the value of a key another, in one step: out of the one it has or, if it has none, out of {@code absent}. */
    public synchronized void update(K key, V absent, UnaryOperator<V> change) {
        entries.put(key, change.apply(entries.getOrDefault(key, absent)));
    }
}
