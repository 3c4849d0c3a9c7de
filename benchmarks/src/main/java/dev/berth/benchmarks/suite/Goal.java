package dev.berth.benchmarks.suite;

import dev.berth.benchmarks.Samples;
import java.util.Locale;

/**
 * What a line is held to.
 *
 * @param other whom it is compared with, empty if the figure itself is what counts
 * @param bound what the median is to reach, or not to exceed
 * @param most whether the bound is the most that may be
 * @param inverse whether it is the other's figure that is divided by ours, as for times
 */
public record Goal(String other, double bound, boolean most, boolean inverse) {

    /** At least so many times the other's figure. */
    public static Goal atLeast(double factor, String other) {
        return new Goal(other, factor, false, false);
    }

    /** At most so many times the other's figure. */
    public static Goal atMost(double factor, String other) {
        return new Goal(other, factor, true, false);
    }

    /** So many times faster than the other, where figures are times. */
    public static Goal faster(double factor, String other) {
        return new Goal(other, factor, false, true);
    }

    /** A figure of at most that. */
    public static Goal atMost(double figure) {
        return new Goal("", figure, true, false);
    }

    /** A figure of at least that. */
    public static Goal atLeast(double figure) {
        return new Goal("", figure, false, false);
    }

    /** What is held against the bound; empty if there is nothing to compare with. */
    public Samples ratio(Line line) {
        if (other.isEmpty()) {
            return line.ours();
        }
        Samples theirs = line.other(other);
        if (theirs.count() == 0 || line.ours().count() == 0) {
            return new Samples();
        }
        return inverse ? theirs.dividedBy(line.ours()) : line.ours().dividedBy(theirs);
    }

    /** Whether it is met; "not known" if there is nothing to compare with. */
    public String verdict(Line line) {
        Samples ratio = ratio(line);
        if (ratio.count() == 0) {
            return "not known";
        }
        return (most ? ratio.median() <= bound : ratio.median() >= bound) ? "met" : "NOT MET";
    }

    /** The bound in words, such as {@code at least 15x registry:2}. */
    public String text(Line line) {
        String words = most ? "at most " : "at least ";
        String figure = Numbers.show(bound);
        if (other.isEmpty()) {
            return words + figure + " " + line.unit();
        }
        return words + figure + "x " + other;
    }

    /** The ratio in words, such as {@code 19.0x (18.1 to 20.3)}. */
    public String measured(Line line) {
        Samples ratio = ratio(line);
        if (ratio.count() == 0) {
            return other + " is not there";
        }
        return String.format(
                Locale.ROOT,
                "%s%s (%s to %s)",
                Numbers.show(ratio.median()),
                other.isEmpty() ? " " + line.unit() : "x",
                Numbers.show(ratio.min()),
                Numbers.show(ratio.max()));
    }
}
