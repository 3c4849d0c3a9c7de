package dev.berth.benchmarks.suite;

import dev.berth.benchmarks.Samples;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured in the rounds of a row, by name. */
public final class Figures {

    private final Map<String, Samples> samples = new LinkedHashMap<>();

    /** Adds a figure of this round. */
    public void add(String name, double value) {
        samples.computeIfAbsent(name, n -> new Samples()).add(value);
    }

    /** All of that name; none if it was not measured, because a peer is not installed. */
    public Samples of(String name) {
        return samples.getOrDefault(name, new Samples());
    }
}
