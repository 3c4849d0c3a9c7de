package dev.berth.benchmarks.suite;

import java.util.Locale;

/** Figures as people read them: three digits that count, or all of a whole number. */
final class Numbers {

    private Numbers() {}

    static String show(double value) {
        double size = Math.abs(value);
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size == Math.rint(size) || size >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size >= 10) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return String.format(Locale.ROOT, size >= 0.1 ? "%.2f" : "%.4f", value);
    }
}
