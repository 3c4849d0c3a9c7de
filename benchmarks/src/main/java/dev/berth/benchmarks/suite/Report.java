package dev.berth.benchmarks.suite;

import dev.berth.benchmarks.Samples;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines that are known so far, each printed when it comes. */
public final class Report {

    private final PrintStream out;
    private final boolean judges;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Map<String, Long> seconds = new LinkedHashMap<>();

    /**
     * A report that is printed to {@code out}.
     *
     * @param judges whether it says which goals are met
     */
    public Report(PrintStream out, boolean judges) {
        this.out = out;
        this.judges = judges;
    }

    /** Whether {@code line} meets {@code goal}, if that is judged. */
    public String verdict(Goal goal, Line line) {
        return judges ? goal.verdict(line) : "not judged";
    }

    /** The lines, in the order they came. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Who could not be measured, and why. */
    public Map<String, String> missing() {
        return Map.copyOf(missing);
    }

    /** Adds a line. */
    public void add(Line line) {
        lines.add(line);
        out.println("  " + line.what() + ": " + figure(line.ours(), line.unit()));
        line.others().forEach((name, samples) -> out.println("      " + name + ": " + figure(samples, line.unit())));
        for (Goal goal : line.goals()) {
            out.println("      " + verdict(goal, line) + ": " + goal.text(line) + "; " + goal.measured(line));
        }
        line.notes().forEach(note -> out.println("      " + note));
        out.flush();
    }

    /** Says once that somebody cannot be measured. */
    public void missing(String who, String why) {
        if (missing.put(who, why) == null) {
            out.println("  " + who + " is left out: " + why);
        }
    }

    /** Says how long a row took, which began at {@code start}, a {@link System#nanoTime}. */
    public void took(String name, long start) {
        long took = Math.round((System.nanoTime() - start) / 1e9);
        seconds.put(name, took);
        say("  " + name + ": " + took + " s");
    }

    /** How long each row took, in seconds, in the order they came. */
    public Map<String, Long> seconds() {
        return Collections.unmodifiableMap(seconds);
    }

    /** Says what is going on. */
    public void say(String text) {
        out.println(text);
        out.flush();
    }

    static String figure(Samples samples, String unit) {
        if (samples.count() == 0) {
            return "";
        }
        String median = Numbers.show(samples.median()) + " " + unit;
        return samples.count() == 1
                ? median
                : median + " (" + Numbers.show(samples.min()) + " to " + Numbers.show(samples.max()) + ")";
    }
}
