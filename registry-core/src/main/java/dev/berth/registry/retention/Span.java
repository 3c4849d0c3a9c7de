package dev.berth.registry.retention;

import java.time.Duration;

/** Durations as people say them. */
final class Span {

    private Span() {}

    /** In the largest unit that it is a whole number of: {@code 30 days}, {@code 36 hours}. */
    static String text(Duration duration) {
        if (isWhole(duration, 86_400)) {
            return counted(duration.toDays(), "day");
        }
        if (isWhole(duration, 3_600)) {
            return counted(duration.toHours(), "hour");
        }
        if (isWhole(duration, 60)) {
            return counted(duration.toMinutes(), "minute");
        }
        return isWhole(duration, 1) ? counted(duration.toSeconds(), "second") : duration.toMillis() + " ms";
    }

    private static boolean isWhole(Duration duration, long seconds) {
        return !duration.isZero() && duration.equals(Duration.ofSeconds(duration.toSeconds() / seconds * seconds));
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }

    /** @throws IllegalArgumentException if it is negative */
    static Duration check(String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " is zero or more, not " + duration);
        }
        return duration;
    }
}
