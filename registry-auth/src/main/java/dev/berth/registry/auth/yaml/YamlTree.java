package dev.berth.registry.auth.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Part of a YAML document that knows its line.
 *
 * @param node what stands there
 * @param problems makes the exceptions to throw
 */
public record YamlTree(Node node, Problems problems) {

    /** What is thrown when something is wrong with a document. */
    @FunctionalInterface
    public interface Problems {

        /**
         * An exception to throw.
         *
         * @param line where it is, from 1
         */
        RuntimeException at(int line, String message);
    }

    /**
     * Reads a document.
     *
     * @param source what errors of the syntax call it
     * @param hint what an error says that should be in a document in which there is nothing
     */
    public static YamlTree parse(String yaml, String source, String hint, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(10)
                .setCodePointLimit(1 << 20)
                .build();
        try {
            Composer composer = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml)));
            Optional<Node> root = composer.getSingleNode();
            return new YamlTree(root.orElseThrow(() -> problems.at(1, "there is nothing in it: " + hint)), problems);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw problems.at(line, "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw problems.at(1, "this is not YAML: " + e.getMessage());
        }
    }

    /** An error here. */
    public RuntimeException error(String message) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return problems.at(line, message);
    }

    /** Names and what they stand for, in order. */
    public Map<String, YamlTree> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw error("names and values are expected here, such as \"name: value\"");
        }
        Map<String, YamlTree> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlTree key = new YamlTree(tuple.getKeyNode(), problems);
            if (entries.put(key.text(), new YamlTree(tuple.getValueNode(), problems)) != null) {
                throw key.error("\"" + key.text() + "\" is there already");
            }
        }
        return entries;
    }

    /** What a name stands for. */
    public Optional<YamlTree> entry(String name) {
        return Optional.ofNullable(entries().get(name));
    }

    /** Says that there are no other names here than these. */
    public void allow(String... names) {
        Set<String> known = Set.of(names);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                YamlTree key = new YamlTree(tuple.getKeyNode(), problems);
                if (!known.contains(key.text())) {
                    throw key.error(
                            "\"" + key.text() + "\" is not understood here; what is: " + String.join(", ", names));
                }
            }
        }
    }

    /** The items of a list. */
    public List<YamlTree> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("a list is expected here, each entry of which begins with a dash");
        }
        List<YamlTree> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(new YamlTree(item, problems)));
        return items;
    }

    /** The items of a list, or the one thing that stands for a list of one. */
    public List<YamlTree> itemsOrSelf() {
        return node instanceof SequenceNode ? items() : List.of(this);
    }

    /** The words of a list, or the one word. */
    public List<String> texts() {
        return itemsOrSelf().stream().map(YamlTree::text).toList();
    }

    /** The one word that stands here. */
    public String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw error("a word is expected here");
        }
        return scalar.getValue();
    }
}
