package dev.berth.standalone.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes a line: time, level, the last part of the logger's name, message. A stack trace follows on lines of its own. */
final class LineLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    /** Requests go to standard output, whoever looks for trouble need not look there. */
    private static final String REQUESTS = "dev.berth.registry.access";

    private final boolean request;
    private final boolean own;
    private final String shortName;

    LineLogger(String name) {
        this.name = name;
        this.request = name.equals(REQUESTS);
        this.own = name.startsWith("dev.berth.") || name.equals("berth");
        this.shortName = name.substring(name.lastIndexOf('.') + 1);
    }

    /** What libraries do when all is well is of interest at the lowest level alone. */
    private boolean isEnabled(Level level) {
        Level least = LineLogging.level();
        boolean quiet = !own && least != Level.TRACE && least.toInt() < Level.WARN.toInt();
        return level.toInt() >= (quiet ? Level.WARN : least).toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String text = MessageFormatter.basicArrayFormat(message, arguments);
        if (LineLogging.json()) {
            // A request comes as JSON already.
            (request ? System.out : System.err).println(request ? text : json(level, text, thrown));
            return;
        }
        StringBuilder line = new StringBuilder(160);
        appendTime(LocalDateTime.now(ZoneOffset.UTC), line);
        line.append(' ').append(level).append(level.name().length() == 4 ? "  " : " ");
        line.append(shortName).append(": ").append(text);
        if (thrown != null) {
            line.append(System.lineSeparator()).append(trace(thrown));
        }
        (request ? System.out : System.err).println(line);
    }

    private String json(Level level, @Nullable String text, @Nullable Throwable thrown) {
        StringBuilder line = new StringBuilder(200).append("{\"time\":\"");
        appendTime(LocalDateTime.now(ZoneOffset.UTC), line);
        line.append("\",\"level\":\"").append(level.name().toLowerCase(Locale.ROOT));
        line.append("\",\"logger\":").append(JsonText.quoted(shortName));
        line.append(",\"msg\":").append(JsonText.quoted(String.valueOf(text)));
        if (thrown != null) {
            line.append(",\"error\":").append(JsonText.quoted(trace(thrown)));
        }
        return line.append('}').toString();
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString().stripTrailing();
    }

    /** As ISO 8601 has it. By hand, because the JDK's formatters take longer to load than everything else here. */
    private static void appendTime(LocalDateTime time, StringBuilder line) {
        line.append(time.toLocalDate()).append('T');
        appendTwoDigits(time.getHour(), line);
        appendTwoDigits(time.getMinute(), line.append(':'));
        appendTwoDigits(time.getSecond(), line.append(':'));
        int millis = time.getNano() / 1_000_000;
        line.append('.').append(millis / 100);
        appendTwoDigits(millis % 100, line);
        line.append('Z');
    }

    private static void appendTwoDigits(int number, StringBuilder line) {
        line.append(number / 10).append(number % 10);
    }
}
