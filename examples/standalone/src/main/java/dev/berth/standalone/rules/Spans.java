package dev.berth.standalone.rules;

import dev.berth.standalone.config.GoDuration;
import java.time.Duration;
import java.util.Optional;

/** Durations as rules have them: as elsewhere, and in days, which is what most are about. */
final class Spans {

    private Spans() {}

    static Optional<Duration> parse(String text) {
        return text.matches("[0-9]{1,6}d")
                ? Optional.of(Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1))))
                : GoDuration.parse(text);
    }
}
