package dev.berth.registry.retention;

import dev.berth.registry.pattern.TagPattern;
import java.time.Duration;

/**
 * Why a tag stays. A tag stays if any rule keeps it: {@code Keep.newest(10)}, {@code Keep.newest(3).of("nightly-*")}, {@code
 * Keep.all("release-*")}. Prints itself as people say it.
 */
public sealed interface Keep {

    /** The tags that the rule is about; it keeps no others, and counts no others. */
    TagPattern tags();

    /**
     * The same for some tags alone.
     *
     * @param pattern as {@link TagPattern#of} reads it
     * @throws IllegalArgumentException if that is no pattern
     */
    Keep of(String pattern);

    /**
     * Keeps tags for ever.
     *
     * @param pattern as {@link TagPattern#of} reads it
     * @throws IllegalArgumentException if that is no pattern
     */
    static Keep all(String pattern) {
        return new All(TagPattern.of(pattern));
    }

    /**
     * Keeps those that were pushed last.
     *
     * @param count how many, at least 1
     * @throws IllegalArgumentException if it is less
     */
    static Keep newest(int count) {
        return new Newest(TagPattern.any(), count);
    }

    /**
     * Keeps the highest semantic versions of each minor version: with 2, {@code 1.0.8}, {@code 1.0.7}, {@code 1.1.3} and {@code
     * 1.1.2}. Tags that are no version are not kept by it. A pre-release is a version below its release.
     *
     * @param count how many, at least 1
     * @throws IllegalArgumentException if it is less
     */
    static Keep newestOfEachMinor(int count) {
        return new NewestOfEachMinor(TagPattern.semanticVersions(), count);
    }

    /**
     * Keeps those that were pushed of late, be it as they were.
     *
     * @throws IllegalArgumentException if it is negative
     */
    static Keep pushedWithin(Duration age) {
        return new PushedWithin(TagPattern.any(), age);
    }

    /**
     * Keeps those that were asked for by their name of late. As long as that has not been noted for so long a time, nobody knows,
     * and all stay.
     *
     * @throws IllegalArgumentException if it is negative
     */
    static Keep pulledWithin(Duration age) {
        return new PulledWithin(TagPattern.any(), age);
    }

    /** Tags that stay for ever. */
    record All(TagPattern tags) implements Keep {
        @Override
        public Keep of(String pattern) {
            return new All(TagPattern.of(pattern));
        }

        @Override
        public String toString() {
            return "all" + suffix(tags);
        }
    }

    /** Those that were pushed last. */
    record Newest(TagPattern tags, int count) implements Keep {
        public Newest {
            checkCount(count);
        }

        @Override
        public Keep of(String pattern) {
            return new Newest(TagPattern.of(pattern), count);
        }

        @Override
        public String toString() {
            return "the newest " + count + suffix(tags);
        }
    }

    /** The highest semantic versions of each minor version. */
    record NewestOfEachMinor(TagPattern tags, int count) implements Keep {
        public NewestOfEachMinor {
            checkCount(count);
        }

        @Override
        public Keep of(String pattern) {
            return new NewestOfEachMinor(TagPattern.of(pattern), count);
        }

        @Override
        public String toString() {
            return "the newest " + count + " of each minor version" + suffix(tags);
        }
    }

    /** Those that were pushed of late. */
    record PushedWithin(TagPattern tags, Duration age) implements Keep {
        public PushedWithin {
            Span.check("An age", age);
        }

        @Override
        public Keep of(String pattern) {
            return new PushedWithin(TagPattern.of(pattern), age);
        }

        @Override
        public String toString() {
            return "pushed within " + Span.text(age) + suffix(tags);
        }
    }

    /** Those that were pulled of late. */
    record PulledWithin(TagPattern tags, Duration age) implements Keep {
        public PulledWithin {
            Span.check("An age", age);
        }

        @Override
        public Keep of(String pattern) {
            return new PulledWithin(TagPattern.of(pattern), age);
        }

        @Override
        public String toString() {
            return "pulled within " + Span.text(age) + suffix(tags);
        }
    }

    private static void checkCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least 1 is kept, not " + count + "; without the rule none is");
        }
    }

    private static String suffix(TagPattern tags) {
        return tags.equals(TagPattern.any()) ? "" : " of " + tags;
    }
}
