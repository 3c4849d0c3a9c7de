package dev.berth.standalone.command;

import java.io.PrintStream;

/**
 * Where a command speaks.
 *
 * @param out for what was asked for
 * @param err for how far it is, and what is wrong
 * @param terminal whether a person looks at it while it is written
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {

    private static final int ALWAYS_A_CONSOLE = 22;

    /** That of the process. */
    static Console ofProcess() {
        return new Console(System.out, System.err, isTerminal());
    }

    @SuppressWarnings("SystemConsoleNull") // It is asked for what it is.
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null || Runtime.version().feature() < ALWAYS_A_CONSOLE) {
            return console != null;
        }
        // From this version on there is a console even where there is no terminal, and a method that tells.
        try {
            return Boolean.TRUE.equals(
                    java.io.Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
