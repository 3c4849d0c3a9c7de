package dev.berth.standalone.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * One value that a setting was given.
 *
 * @param path the setting's path, with dots between levels
 * @param text the value as it was written; empty if nothing was
 * @param source where it comes from: a file, a variable, an option
 * @param inFile whether that is a file
 */
record Value(String path, String text, String source, boolean inFile) {

    /** What to call the setting when speaking to whoever gave it. */
    String name() {
        boolean own = path.isEmpty() || source.equalsIgnoreCase(Environment.PREFIX + path.replace('.', '_'));
        return own && !inFile ? source : path + " in " + source;
    }

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
        return path("a directory");
    }

    Path file() {
        return path("a file");
    }

    private Path path(String what) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw wrong(what);
        }
    }

    /** As Go writes durations: {@code 90s}, {@code 1m30s}, {@code 0}. */
    Duration duration() {
        return GoDuration.parse(text).orElseThrow(() -> wrong("a duration such as 30s or 1m30s"));
    }

    /** What to throw if the value makes no sense. */
    UsageException wrong(String expected) {
        return new UsageException(name() + " has to be " + expected + ", not '" + text + "'");
    }
}
