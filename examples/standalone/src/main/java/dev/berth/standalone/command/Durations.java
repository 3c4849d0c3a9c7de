package dev.berth.standalone.command;

import dev.berth.standalone.config.GoDuration;
import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/** Durations as an option's value. */
final class Durations {

    private Durations() {}

    static Duration parse(String text) {
        return GoDuration.parse(text)
                .orElseThrow(
                        () -> new TypeConversionException("'" + text + "' is no duration such as 30s, 1h30m or 168h"));
    }
}
