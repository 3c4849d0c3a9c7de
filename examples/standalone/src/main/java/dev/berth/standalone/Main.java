package dev.berth.standalone;

import dev.berth.standalone.command.CommandName;
import dev.berth.standalone.command.Commands;
import dev.berth.standalone.config.Arguments;
import dev.berth.standalone.config.Configuration;
import dev.berth.standalone.config.Help;
import dev.berth.standalone.config.UsageException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Serves a registry until it is told to stop, or runs the command that the first argument names. Ends with 0 if all is well, with
 * 1 if the registry cannot be served or the command finds something wrong, and with 2 if what was asked for makes no sense or
 * is not supported.
 */
public final class Main {

    private Main() {}

    /** Starts from the command line. */
    public static void main(String[] arguments) throws InterruptedException {
        QuickStart.prepare();
        int status = run(System.getenv(), arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run(Map<String, String> environment, String... arguments) throws InterruptedException {
        try {
            if (arguments.length > 0 && CommandName.of(arguments[0]).isPresent()) {
                return new Commands(version(), environment).run(arguments);
            }
            Preload.start();
            Optional<Arguments> plain = Arguments.plain(arguments);
            if (plain.isPresent()) {
                serve(plain.get(), environment);
                return 0;
            }
            Help help = new Help(version(), new Commands(version(), environment).summaries());
            Optional<String> text = help.text(arguments);
            if (text.isPresent()) {
                System.out.print(text.get());
            } else {
                serve(help.read(arguments), environment);
            }
            return 0;
        } catch (UsageException e) {
            complain(e);
            return 2;
        } catch (UncheckedIOException e) {
            complain(e);
            return 1;
        }
    }

    private static void serve(Arguments arguments, Map<String, String> environment) throws InterruptedException {
        Optional<CommandName> command = arguments.configurationFile().flatMap(CommandName::of);
        if (command.isPresent()) {
            throw new UsageException(command.get() + " comes first, and its options behind it");
        }
        Serving.start(Configuration.of(arguments, environment), version()).untilStopped();
    }

    private static void complain(Exception e) {
        String.valueOf(e.getMessage()).lines().forEach(line -> System.err.println("berth: " + line));
    }

    /** As the jar's manifest has it. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "Berth " + (version == null ? "without a version" : version);
    }
}
