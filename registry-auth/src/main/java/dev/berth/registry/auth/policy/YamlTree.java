package dev.berth.registry.auth.policy;

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

/** Part of a YAML document that knows its line. */
record YamlTree(Node node, String source) {

    static YamlTree parse(String yaml, String source) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(10)
                .setCodePointLimit(1 << 20)
                .build();
        try {
            Composer composer = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml)));
            Optional<Node> root = composer.getSingleNode();
            return new YamlTree(
                    root.orElseThrow(
                            () -> new PolicyFileException(source, 1, "there is nothing in it: write \"rules:\"")),
                    source);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new PolicyFileException(source, line, "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new PolicyFileException(source, 1, "this is not YAML: " + e.getMessage());
        }
    }

    /** An error here. */
    PolicyFileException error(String message) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return new PolicyFileException(source, line, message);
    }

    Map<String, YamlTree> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw error("names and values are expected here, such as \"who: anyone\"");
        }
        Map<String, YamlTree> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlTree key = new YamlTree(tuple.getKeyNode(), source);
            if (entries.put(key.text(), new YamlTree(tuple.getValueNode(), source)) != null) {
                throw key.error("\"" + key.text() + "\" is there already");
            }
        }
        return entries;
    }

    Optional<YamlTree> entry(String name) {
        return Optional.ofNullable(entries().get(name));
    }

    /** Says that there are no other names here than these. */
    void allow(String... names) {
        Set<String> known = Set.of(names);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                YamlTree key = new YamlTree(tuple.getKeyNode(), source);
                if (!known.contains(key.text())) {
                    throw key.error(
                            "\"" + key.text() + "\" is not understood here; what is: " + String.join(", ", names));
                }
            }
        }
    }

    List<YamlTree> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("a list is expected here, each entry of which begins with a dash");
        }
        List<YamlTree> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(new YamlTree(item, source)));
        return items;
    }

    /** The items of a list, or the one thing that stands for a list of one. */
    List<YamlTree> itemsOrSelf() {
        return node instanceof SequenceNode ? items() : List.of(this);
    }

    List<String> texts() {
        return itemsOrSelf().stream().map(YamlTree::text).toList();
    }

    String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw error("a word is expected here");
        }
        return scalar.getValue();
    }
}
