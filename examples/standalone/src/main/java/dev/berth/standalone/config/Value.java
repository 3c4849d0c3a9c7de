package dev.berth.standalone.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value that a setting was given.
 *
 * @param path the setting's path, with dots between levels
 * @param text the value as it was written; empty if nothing was
 * @param name what to call the setting when speaking to whoever gave it: a variable, or a path in a file
 */
record Value(String path, String text, String name) {

    private static final Pattern DURATION_PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** As YAML 1.1 has it, which Docker's registry reads. */
    boolean isTrue() {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y" -> true;
            case "false", "no", "off", "n" -> false;
            default -> throw wrong("true or false");
        };
    }

    int number(int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong("a whole number of at least " + least);
    }

    Path directory() {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw wrong("a directory");
        }
    }

    /** As Go writes durations: {@code 90s}, {@code 1m30s}, {@code 0}. */
    Duration duration() {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = DURATION_PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanos(part.group(2)))));
            end = part.end();
        }
        if (end != text.length() || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw wrong("a duration such as 30s or 1m30s");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    /** What to throw if the value makes no sense. */
    UsageException wrong(String expected) {
        return new UsageException(name + " has to be " + expected + ", not '" + text + "'");
    }
}
