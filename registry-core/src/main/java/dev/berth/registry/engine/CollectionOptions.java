package dev.berth.registry.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link Collector} can be told. Immutable; {@link #defaults()} is where to begin.
 *
 * @param gracePeriod how long content stays that nothing refers to (yet), counted from when it last came or was last asked
 *     for. Must be longer than any push takes from its first blob to its manifest
 * @param uploadAge how long an upload session stays after its last byte
 * @param untaggedAge how long a manifest stays that no tag leads to, counted likewise; empty for as long as nobody deletes it
 */
public record CollectionOptions(Duration gracePeriod, Duration uploadAge, Optional<Duration> untaggedAge) {

    private static final CollectionOptions DEFAULTS =
            new CollectionOptions(Duration.ofHours(24), Duration.ofDays(7), Optional.empty());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a duration is negative
     */
    public CollectionOptions {
        check("grace period", gracePeriod);
        check("age of uploads", uploadAge);
        untaggedAge.ifPresent(age -> check("age of untagged manifests", age));
    }

    /** A day of grace, a week for uploads, and untagged manifests stay. */
    public static CollectionOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another grace period. Zero is for when nobody pushes. */
    public CollectionOptions withGracePeriod(Duration period) {
        return new CollectionOptions(period, uploadAge, untaggedAge);
    }

    /** The same with another age that uploads reach. */
    public CollectionOptions withUploadAge(Duration age) {
        return new CollectionOptions(gracePeriod, age, untaggedAge);
    }

    /**
     * The same, with untagged manifests removed when they are older than {@code age} and than the grace period. A manifest
     * stays as long as an index or another manifest that stays names it, and a referrer as long as its subject.
     */
    public CollectionOptions withUntaggedOlderThan(Duration age) {
        return new CollectionOptions(gracePeriod, uploadAge, Optional.of(age));
    }

    private static void check(String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The " + what + " is zero or more, not " + duration);
        }
    }
}
