package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * How a change of a tag is written: a fact that is called by its time, in an order that is that of the times, and whose value
 * a person can read: what it was before, what after, and who did it, with {@code -} for what there is not.
 */
final class TagHistoryLine {

    private static final int MOST_OF_ACTOR = 256;
    private static final String NOTHING = "-";

    private TagHistoryLine() {}

    /** Seconds and nanoseconds since 1970, in as many digits as sort well. */
    static String name(Instant time) {
        return String.format("%012d.%09d", Math.max(0, time.getEpochSecond()), time.getNano());
    }

    /** The name of the moment after another. */
    static String nameAfter(String name) {
        return name(time(name).orElse(Instant.EPOCH).plusNanos(1));
    }

    private static Optional<Instant> time(String name) {
        if (!name.matches("[0-9]{12}\\.[0-9]{9}")) {
            return Optional.empty();
        }
        return Optional.of(
                Instant.ofEpochSecond(Long.parseLong(name.substring(0, 12)), Long.parseLong(name.substring(13))));
    }

    static byte[] write(TagHistory.Entry entry) {
        String actor = entry.actor().map(TagHistoryLine::plain).orElse(NOTHING);
        return (text(entry.from()) + " " + text(entry.to()) + " " + actor + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The change, or empty if that is none that was written here. */
    static Optional<TagHistory.Entry> read(String name, byte[] value) {
        Optional<Instant> time = time(name);
        String[] parts = new String(value, StandardCharsets.UTF_8).strip().split(" ", 3);
        if (time.isEmpty() || parts.length < 3) {
            return Optional.empty();
        }
        try {
            Optional<String> actor = parts[2].equals(NOTHING) ? Optional.empty() : Optional.of(parts[2]);
            return Optional.of(new TagHistory.Entry(time.get(), digest(parts[0]), digest(parts[1]), actor));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private static String text(Optional<Digest> digest) {
        return digest.map(Digest::toString).orElse(NOTHING);
    }

    private static Optional<Digest> digest(String text) {
        return text.equals(NOTHING) ? Optional.empty() : Optional.of(Digest.parse(text));
    }

    /** On one line, and not longer than a fact may be. */
    private static String plain(String actor) {
        String line = actor.replaceAll("\\p{Cntrl}", "?").strip();
        return line.length() <= MOST_OF_ACTOR ? line : line.substring(0, MOST_OF_ACTOR);
    }
}
