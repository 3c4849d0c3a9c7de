package dev.berth.standalone.command;

import dev.berth.standalone.config.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs the commands. One that throws {@link UsageException} ends with 2, and one that throws {@link IOException} with 1; what
 * they say is printed.
 */
public final class Commands {

    private final CommandLine root;
    private final Console console;

    /**
     * All commands, of a program of this version.
     *
     * @param environment the variables of the process
     */
    public Commands(String version, Map<String, String> environment) {
        this(version, environment, Console.ofProcess());
    }

    Commands(String version, Map<String, String> environment, Console console) {
        this.console = console;
        root = new CommandLine(CommandSpec.create().name("java -jar berth.jar"));
        for (CommandName name : CommandName.values()) {
            CommandLine command = new CommandLine(name.create(environment, console));
            command.getCommandSpec().version(version).mixinStandardHelpOptions(true);
            root.addSubcommand(name.toString(), command);
        }
        root.registerConverter(Duration.class, Durations::parse);
        root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        root.setParameterExceptionHandler((e, arguments) -> complain(e.getMessage() + " (see --help)", 2));
        root.setExecutionExceptionHandler((e, command, result) -> fail(e));
    }

    /** What each command is for, in the order to show them in. */
    public Map<String, String> summaries() {
        Map<String, String> summaries = new LinkedHashMap<>();
        root.getSubcommands()
                .forEach((name, command) -> summaries.put(
                        name,
                        String.join(" ", command.getCommandSpec().usageMessage().header())));
        return summaries;
    }

    /** Runs the command that the first argument names, and returns the exit code of the process. */
    public int run(String... arguments) {
        return root.execute(arguments);
    }

    private int fail(Exception e) throws Exception {
        if (e instanceof UsageException) {
            return complain(String.valueOf(e.getMessage()), 2);
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            return complain(String.valueOf(e.getMessage()), 1);
        }
        throw e;
    }

    private int complain(String message, int status) {
        message.lines().forEach(line -> console.err().println("berth: " + line));
        return status;
    }
}
