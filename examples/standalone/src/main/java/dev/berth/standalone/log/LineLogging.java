package dev.berth.standalone.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** What SLF4J finds. The level is one for the process, as SLF4J itself is. */
public final class LineLogging implements SLF4JServiceProvider {

    private static volatile Level level = Level.INFO;
    private static volatile boolean json;

    private final LineLoggers loggers = new LineLoggers();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** For SLF4J. */
    public LineLogging() {}

    /** From which level on lines are written. */
    public static void setLevel(Level newLevel) {
        level = newLevel;
    }

    /** Whether lines are JSON. */
    public static void setJson(boolean asJson) {
        json = asJson;
    }

    static boolean json() {
        return json;
    }

    static Level level() {
        return level;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // There is nothing to wait for.
    }
}
