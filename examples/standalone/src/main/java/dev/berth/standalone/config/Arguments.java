package dev.berth.standalone.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line, read.
 *
 * @param options those given; an option without a value has an empty one
 * @param configurationFile the file named, if one is
 */
public record Arguments(Map<Option, String> options, Optional<String> configurationFile) {

    /** @throws UsageException if two of the options contradict each other */
    public Arguments {
        options = Map.copyOf(options);
        refuseBoth(options, Option.DATA, Option.MEMORY);
        refuseBoth(options, Option.DELETE, Option.NO_DELETE);
    }

    /** No arguments. */
    public static Arguments none() {
        return new Arguments(Map.of(), Optional.empty());
    }

    static Arguments of(Map<Option, String> options, List<String> operands) {
        return new Arguments(options, configurationFile(operands));
    }

    /**
     * Reads arguments of the plain form {@code --name value}, or returns empty if there is anything else among them. That is
     * for picocli, which knows all forms and has words for mistakes, and which takes longer to load than all the rest of the
     * start: plain arguments are worth these few lines.
     */
    public static Optional<Arguments> plain(String... arguments) {
        Map<Option, String> options = new EnumMap<>(Option.class);
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            Optional<Option> found = option(argument);
            if (found.isEmpty()) {
                if (!isPlain(argument)) {
                    return Optional.empty();
                }
                operands.add(argument);
                continue;
            }
            Option option = found.get();
            String value = "";
            if (option.takesValue()) {
                i++;
                if (i == arguments.length || !isPlain(arguments[i])) {
                    return Optional.empty();
                }
                value = arguments[i];
            }
            if (options.put(option, value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(of(options, operands));
    }

    private static Optional<Option> option(String argument) {
        for (Option option : Option.values()) {
            if (option.flag().equals(argument)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    private static boolean isPlain(String argument) {
        return !argument.isEmpty() && argument.charAt(0) != '-' && argument.charAt(0) != '@';
    }

    /** Docker's registry is started by {@code registry serve config.yml}, and its image by {@code config.yml} too. */
    private static Optional<String> configurationFile(List<String> operands) {
        boolean verb = !operands.isEmpty() && operands.get(0).equals("serve");
        List<String> files = verb ? operands.subList(1, operands.size()) : operands;
        if (files.size() > 1) {
            throw new UsageException("one configuration file at most, not " + String.join(" and ", files));
        }
        return files.stream().findFirst();
    }

    private static void refuseBoth(Map<Option, String> options, Option one, Option other) {
        if (options.containsKey(one) && options.containsKey(other)) {
            throw new UsageException(one.flag() + " and " + other.flag() + " contradict each other: leave one out");
        }
    }
}
