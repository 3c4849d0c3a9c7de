package dev.berth.standalone.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A command that has run.
 *
 * @param status its exit code
 * @param out what it said on standard output
 * @param err what it said on standard error
 */
record CommandRun(int status, String out, String err) {

    static CommandRun of(String... arguments) {
        return in(Map.of(), false, arguments);
    }

    static CommandRun in(Map<String, String> environment, boolean terminal, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal);
        int status = new Commands("Berth 1", environment, console).run(arguments);
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
