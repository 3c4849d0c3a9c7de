package dev.berth.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What was measured in several runs. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** Smallest, median and largest, with a unit. */
    String show(String unit) {
        return String.format(
                Locale.ROOT,
                "%.1f %s (%.1f to %.1f)",
                median(),
                unit,
                Collections.min(values),
                Collections.max(values));
    }
}
