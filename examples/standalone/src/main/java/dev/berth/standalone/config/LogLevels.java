package dev.berth.standalone.config;

import java.util.Locale;
import org.slf4j.event.Level;

/** The names of log levels: SLF4J's, and those that Docker's registry has besides. */
final class LogLevels {

    private LogLevels() {}

    static Level parse(Value value) {
        return switch (value.text().toLowerCase(Locale.ROOT)) {
            case "panic", "fatal", "error" -> Level.ERROR;
            case "warn", "warning" -> Level.WARN;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            case "trace" -> Level.TRACE;
            default -> throw value.wrong("error, warn, info, debug or trace");
        };
    }
}
