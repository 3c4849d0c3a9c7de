package dev.berth.standalone.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as picocli sees it, built without annotations and so without reflection. */
public final class Help {

    private final CommandLine command;

    /**
     * For a program of this version.
     *
     * @param commands what the program does besides serving, by name, in the order to show it in
     */
    public Help(String version, Map<String, String> commands) {
        CommandSpec spec = CommandSpec.create().name("java -jar berth.jar").version(version);
        for (Option option : Option.values()) {
            spec.addOption(OptionSpec.builder(option.flag())
                    .paramLabel(option.parameter())
                    .type(option.takesValue() ? String.class : boolean.class)
                    .description(option.description())
                    .build());
        }
        spec.addOption(
                flag("--version", "say which version this is").versionHelp(true).build());
        spec.addOption(flag("--help", "show this").usageHelp(true).build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("CONFIG")
                .arity("0..2")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("a configuration file of Docker's registry; \"serve CONFIG\" is the same")
                .build());
        spec.usageMessage()
                .customSynopsis(
                        "java -jar berth.jar [serve] [OPTIONS] [CONFIG]",
                        "       java -jar berth.jar COMMAND [OPTIONS] [CONFIG]")
                .header("A container registry.")
                .sortOptions(false)
                .footer(footer(commands));
        command = new CommandLine(spec);
    }

    private static String[] footer(Map<String, String> commands) {
        List<String> lines = new ArrayList<>(List.of("", "Commands, of which each has a --help of its own:"));
        int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        commands.forEach((name, summary) -> lines.add(String.format("  %-" + width + "s  %s", name, summary)));
        lines.addAll(List.of(
                "",
                "REGISTRY_* variables count as they do for Docker's registry, and REGISTRY_CONFIGURATION_PATH names the"
                        + " file. Options go before variables, and variables before the file. A setting that is"
                        + " not supported is named, and one that protects the registry stops the start.",
                "",
                "It ends with 0 when told to stop, 1 if it cannot start, 2 if it was asked for what it cannot do."));
        return lines.toArray(String[]::new);
    }

    private static OptionSpec.Builder flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).description(description);
    }

    /** What there is to print in place of a start, if help or the version is asked for. */
    public Optional<String> text(String... arguments) {
        ParseResult result = parse(arguments);
        if (result.isUsageHelpRequested()) {
            return Optional.of(command.getUsageMessage());
        }
        return result.isVersionHelpRequested()
                ? Optional.of(String.join(
                                System.lineSeparator(), command.getCommandSpec().version())
                        + System.lineSeparator())
                : Optional.empty();
    }

    /**
     * Reads the arguments.
     *
     * @throws UsageException if one of them makes no sense
     */
    public Arguments read(String... arguments) {
        ParseResult result = parse(arguments);
        Map<Option, String> options = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            if (result.hasMatchedOption(option.flag())) {
                options.put(option, option.takesValue() ? result.matchedOptionValue(option.flag(), "") : "");
            }
        }
        return Arguments.of(options, result.matchedPositionalValue(0, List.of()));
    }

    private ParseResult parse(String... arguments) {
        try {
            return command.parseArgs(arguments);
        } catch (UnmatchedArgumentException e) {
            List<String> suggestions = e.getSuggestions();
            throw new UsageException(e.getMessage()
                    + (suggestions.isEmpty()
                            ? " (see --help)"
                            : "; did you mean " + String.join(" or ", suggestions) + "?"));
        } catch (ParameterException e) {
            throw new UsageException(e.getMessage() + " (see --help)");
        }
    }
}
