package dev.berth.standalone.command;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The commands by name, and the class of each. That is all there is to know of a command here: {@code --help} finds in its
 * annotations what it is for. This class can be asked without picocli, which a start as a server does without.
 */
public enum CommandName {
    GARBAGE_COLLECT,
    VERIFY,
    RETENTION;

    /** The command that an argument names, if it does. */
    public static Optional<CommandName> of(String argument) {
        for (CommandName name : values()) {
            if (name.toString().equals(argument)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** A command, with its arguments not yet read. What it returns is the exit code: 0 if all is well, 1 if not. */
    Callable<Integer> create(Map<String, String> environment, Console console) {
        return switch (this) {
            case GARBAGE_COLLECT -> new GarbageCollect(environment, console);
            case VERIFY -> new Verify(environment, console);
            case RETENTION -> new Retention(environment, console);
        };
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
