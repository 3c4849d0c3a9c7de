package dev.berth.standalone.command;

import java.util.OptionalDouble;

/**
 * How far a command is: a bar on the last line of a terminal. Where nobody looks on, a line for each part that begins, as a log
 * wants it. For one thread.
 */
final class ProgressLine {

    private static final int WIDTH = 24;
    private static final String CLEAR = "\r\u001b[K";

    private final Console console;
    private String part = "";
    private boolean shown;

    ProgressLine(Console console) {
        this.console = console;
    }

    /**
     * Says how far it is.
     *
     * @param now the part of the work that it is at
     * @param fraction how much of that is done, from 0 to 1; empty if nobody knows
     * @param details numbers, in a few words
     */
    void show(String now, OptionalDouble fraction, String details) {
        if (console.terminal()) {
            String bar = fraction.isPresent() ? bar(fraction.getAsDouble()) + " " : "";
            console.err().print(CLEAR + bar + now + ": " + details);
            console.err().flush();
            shown = true;
        } else if (!now.equals(part)) {
            console.err().println(now + " ...");
        }
        part = now;
    }

    /** Writes a line of what was asked for; the bar comes again when there is something new. */
    void println(String line) {
        clear();
        console.out().println(line);
    }

    /** Takes the bar away. */
    void clear() {
        if (shown) {
            console.err().print(CLEAR);
            console.err().flush();
            shown = false;
        }
    }

    private static String bar(double fraction) {
        int done = (int) Math.round(Math.max(0, Math.min(1, fraction)) * WIDTH);
        return "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "] " + Math.round(fraction * 100) + "%";
    }
}
