package dev.berth.standalone.rules;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much may come, whoever sends it.
 *
 * @param most what there is a limit for, and which
 */
public record Limits(Map<Limit, Long> most) {

    /** Copies what it is given. */
    public Limits {
        most = Map.copyOf(most);
    }

    /** No limits but those that hold unless told. */
    public static Limits none() {
        return new Limits(Map.of());
    }

    /** The limit for something, at least 1; empty if nothing was told. */
    public Optional<Long> of(Limit limit) {
        return Optional.ofNullable(most.get(limit));
    }

    /**
     * The same with another limit: {@code limits.with("blob", "10GiB")}.
     *
     * @throws IllegalArgumentException if there is no such limit
     */
    public Limits with(String key, String text) {
        Limit limit = Limit.of(key);
        return plus(new Limits(Map.of(limit, limit.parse(text))));
    }

    /** The same with the limits of others, which count before these. */
    public Limits plus(Limits others) {
        Map<Limit, Long> all = new TreeMap<>(most);
        all.putAll(others.most);
        return new Limits(all);
    }
}
