package dev.berth.benchmarks.suite;

import dev.berth.benchmarks.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of the report.
 *
 * @param row the row it comes from
 * @param what what was measured, in words
 * @param unit the figures' unit
 * @param ours Berth's figures
 * @param others the figures of whom it is compared with, by name
 * @param goals what it is held to
 * @param notes what has to be known to read it
 */
public record Line(
        String row,
        String what,
        String unit,
        Samples ours,
        Map<String, Samples> others,
        List<Goal> goals,
        List<String> notes) {

    /** A line with nobody beside it yet. */
    public static Line of(String row, String what, String unit, Samples ours) {
        return new Line(row, what, unit, ours, Map.of(), List.of(), List.of());
    }

    /** With somebody else's figures beside ours; none if he was not there. */
    public Line beside(String name, Samples figures) {
        Map<String, Samples> more = new LinkedHashMap<>(others);
        more.put(name, figures);
        return new Line(row, what, unit, ours, more, goals, notes);
    }

    /** Held to one more goal. */
    public Line goal(Goal goal) {
        List<Goal> more = new ArrayList<>(goals);
        more.add(goal);
        return new Line(row, what, unit, ours, others, more, notes);
    }

    /** With something that has to be known to read it. */
    public Line note(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Line(row, what, unit, ours, others, goals, more);
    }

    /** Somebody else's figures; none if he was not there. */
    public Samples other(String name) {
        return others.getOrDefault(name, new Samples());
    }
}
