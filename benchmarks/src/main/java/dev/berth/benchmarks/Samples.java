package dev.berth.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What was measured in several runs. */
public final class Samples {

    private final List<Double> values = new ArrayList<>();

    /** What was measured once. */
    public static Samples of(double value) {
        Samples samples = new Samples();
        samples.add(value);
        return samples;
    }

    /** Adds what one run gave. */
    public void add(double value) {
        values.add(value);
    }

    /** How many runs there were. */
    public int count() {
        return values.size();
    }

    /** The least. */
    public double min() {
        return Collections.min(values);
    }

    /** The one in the middle; of an even number the upper of the two. */
    public double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** The most. */
    public double max() {
        return Collections.max(values);
    }

    /**
     * This divided by that: run by run where both were measured in the same runs, so that what disturbed one disturbed the other
     * too; else by the other's median.
     */
    public Samples dividedBy(Samples other) {
        Samples ratios = new Samples();
        boolean paired = other.count() == count();
        for (int i = 0; i < count(); i++) {
            ratios.add(values.get(i) / (paired ? other.values.get(i) : other.median()));
        }
        return ratios;
    }

    /** Smallest, median and largest, with a unit. */
    public String show(String unit) {
        return String.format(Locale.ROOT, "%.1f %s (%.1f to %.1f)", median(), unit, min(), max());
    }
}
