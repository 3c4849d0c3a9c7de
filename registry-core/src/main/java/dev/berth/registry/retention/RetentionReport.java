package dev.berth.registry.retention;

import dev.berth.registry.RepositoryName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was done.
 *
 * @param cancelled whether it ended early; it has deleted what it says, and the next run goes on
 * @param repositories how much went from each, and how much stayed; those that no rules speak of are left out
 * @param obstacles what was in its way, and what would help; at most a hundred
 */
public record RetentionReport(
        boolean cancelled, SortedMap<RepositoryName, RetentionCount> repositories, List<String> obstacles) {

    /** Copies what it is given. */
    public RetentionReport {
        repositories = Collections.unmodifiableSortedMap(new TreeMap<>(repositories));
        obstacles = List.copyOf(obstacles);
    }

    /** From all repositories together. */
    public RetentionCount total() {
        return repositories.values().stream().reduce(RetentionCount.NONE, RetentionCount::plus);
    }
}
