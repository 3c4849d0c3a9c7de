package dev.berth.standalone.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads YAML into maps, lists and strings. All scalars stay the strings they are written as: what type a value has, its
 * setting knows.
 */
final class Yaml {

    /**
     * What every YAML reader takes for a scalar as it stands, and most variables are: no need to load one. And {@code
     * [::1]:5000}, which is no YAML but what one writes.
     */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/.](?:[A-Za-z0-9/._-]|:(?=[A-Za-z0-9/]))*|(?:\\[[0-9A-Fa-f:.]+])?:[0-9]+");

    private Yaml() {}

    /** The content of a configuration file. */
    static Object file(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no configuration file " + file.toAbsolutePath());
        } catch (CharacterCodingException e) {
            throw new UsageException("the configuration file " + file.toAbsolutePath() + " is not text in UTF-8");
        } catch (IOException e) {
            throw new UsageException(
                    "cannot read the configuration file " + file.toAbsolutePath() + ": " + e.getMessage());
        }
        Object tree = parse(text, file.toString());
        if (tree instanceof String scalar && !scalar.isEmpty()) {
            throw new UsageException("the configuration file " + file.toAbsolutePath() + " holds no settings");
        }
        return tree;
    }

    /** The value of a variable. */
    static Object variable(String name, String text) {
        return PLAIN.matcher(text).matches() ? strings(text) : parse(text, name);
    }

    private static Object parse(String text, String where) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(where)
                .setSchema(new FailsafeSchema())
                .setTagConstructors(Map.of(Tag.NULL, node -> ""))
                .build();
        try {
            return strings(new Load(settings).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new UsageException(where + " is no YAML: " + problem(e));
        }
    }

    /** One line, where the exception's own message has several, with a piece of the text in it. */
    private static String problem(YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked) {
            String line = marked.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            return line + marked.getProblem();
        }
        return String.valueOf(e.getMessage());
    }

    /** Says nothing in one way: YAML has several. */
    private static Object strings(@Nullable Object tree) {
        if (tree == null || tree.equals("null") || tree.equals("~")) {
            return "";
        }
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), strings(value)));
            return copy;
        }
        return tree instanceof List<?> list ? list.stream().map(Yaml::strings).toList() : tree;
    }
}
