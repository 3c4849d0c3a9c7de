package dev.berth.standalone.config;

import dev.berth.standalone.config.Configuration.Notice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configurations as a user would write them. */
final class Configured {

    private Configured() {}

    /** By variables: names and values in turn. */
    static Configuration byVariables(String... namesAndValues) {
        return Configuration.of(Arguments.none(), variables(namesAndValues));
    }

    static Configuration byFile(Path directory, String yaml, String... namesAndValues) {
        return by(file(directory, yaml), List.of(), namesAndValues);
    }

    /** By all three. */
    static Configuration by(Path file, List<String> options, String... namesAndValues) {
        String[] arguments = new String[options.size() + 1];
        options.toArray(arguments);
        arguments[options.size()] = file.toString();
        return Configuration.of(Arguments.plain(arguments).orElseThrow(), variables(namesAndValues));
    }

    static Configuration byOptions(String... options) {
        return Configuration.of(Arguments.plain(options).orElseThrow(), Map.of());
    }

    static Path file(Path directory, String yaml) {
        try {
            return Files.writeString(directory.resolve("config.yml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> variables(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return variables;
    }

    static List<String> notices(Configuration configuration) {
        return configuration.notices().stream().map(Notice::text).toList();
    }
}
