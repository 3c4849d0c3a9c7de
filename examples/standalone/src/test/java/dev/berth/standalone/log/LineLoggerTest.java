package dev.berth.standalone.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class LineLoggerTest {

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final LineLoggers loggers = new LineLoggers();

    @BeforeEach
    void catchOutput() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreOutput() {
        System.setOut(realOut);
        System.setErr(realErr);
        LineLogging.setLevel(Level.INFO);
        LineLogging.setJson(false);
    }

    @Test
    void aLineHasTimeLevelNameAndMessage() {
        loggers.getLogger("dev.berth.registry.http.Failures").warn("{} of {}", 1, "two");

        assertThat(err.toString(StandardCharsets.UTF_8))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  Failures: 1 of two\\R");
        assertThat(out.size()).isZero();
    }

    @Test
    void requestsGoToStandardOutput() {
        loggers.getLogger("dev.berth.registry.access").info("GET");

        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith(" INFO  access: GET" + System.lineSeparator());
        assertThat(err.size()).isZero();
    }

    @Test
    void aLineCanBeJson() {
        LineLogging.setJson(true);

        loggers.getLogger("dev.berth.registry.http.Failures")
                .warn("a \"b\"\n{}", "\u0001", new IllegalStateException("why"));
        loggers.getLogger("dev.berth.registry.access").info("{\"method\":\"GET\"}");

        assertThat(err.toString(StandardCharsets.UTF_8))
                .matches("\\{\"time\":\"[0-9T:.-]+Z\",\"level\":\"warn\",\"logger\":\"Failures\","
                        + "\"msg\":\"a \\\\\"b\\\\\"\\\\n\\\\u0001\","
                        + "\"error\":\"java\\.lang\\.IllegalStateException: why\\\\n\\\\tat .*\"}\\R");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"method\":\"GET\"}" + System.lineSeparator());
    }

    @Test
    void aStackTraceFollows() {
        loggers.getLogger("dev.berth.X").error("failed", new IllegalStateException("why"));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        " ERROR X: failed",
                        "java.lang.IllegalStateException: why",
                        "at " + LineLoggerTest.class.getName());
    }

    @Test
    void librariesAreQuietUnlessTheyWarn() {
        Logger jetty = loggers.getLogger("org.eclipse.jetty.server.Server");
        Logger berth = loggers.getLogger("dev.berth.registry.X");

        assertThat(jetty.isInfoEnabled()).isFalse();
        assertThat(jetty.isWarnEnabled()).isTrue();
        assertThat(berth.isInfoEnabled()).isTrue();
        assertThat(berth.isDebugEnabled()).isFalse();
        LineLogging.setLevel(Level.DEBUG);
        assertThat(jetty.isInfoEnabled()).isFalse();
        assertThat(berth.isDebugEnabled()).isTrue();
        LineLogging.setLevel(Level.TRACE);
        assertThat(jetty.isDebugEnabled()).isTrue();
        LineLogging.setLevel(Level.ERROR);
        assertThat(jetty.isWarnEnabled()).isFalse();
        assertThat(berth.isWarnEnabled()).isFalse();
        assertThat(berth.isErrorEnabled()).isTrue();
    }

    @Test
    void aLoggerIsOneForItsName() {
        assertThat(loggers.getLogger("a")).isSameAs(loggers.getLogger("a"));
    }
}
