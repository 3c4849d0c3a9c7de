package dev.berth.registry.auth.policy;

import dev.berth.registry.auth.yaml.YamlTree;
import dev.berth.registry.http.auth.AccessPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads an {@link AccessPolicy} from YAML:
 *
 * <pre>{@code
 * groups:
 *   dev: [alice, bob]
 *
 * rules:                       # the first that speaks of caller, repository and action decides; without one the answer is no
 *   - who: user root
 *     may: all
 *     in: "**"
 *   - who: group dev
 *     may: [push, list]        # pull, push, delete, list or all; each brings pull along
 *     in: [team/**, tools/*]
 *   - who: any user
 *     mayNot: all
 *     in: secret/**
 *   - who: anyone              # whoever asks, logged in or not
 *     may: pull
 *     in: public/**
 * }</pre>
 */
public final class PolicyFile {

    private PolicyFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws PolicyFileException if it says what no policy does
     */
    public static AccessPolicy read(Path path) throws IOException {
        return parse(Files.readString(path), path.toString());
    }

    /**
     * Reads a text.
     *
     * @param source what errors call it
     * @throws PolicyFileException if it says what no policy does
     */
    public static AccessPolicy parse(String yaml, String source) {
        YamlTree root = YamlTree.parse(
                yaml, source, "write \"rules:\"", (line, message) -> new PolicyFileException(source, line, message));
        root.allow("groups", "rules");
        AccessPolicy.Builder policy = AccessPolicy.builder();
        Set<String> groups = new HashSet<>();
        root.entry("groups")
                .ifPresent(all -> all.entries().forEach((name, members) -> {
                    groups.add(name);
                    policy.members(name, members.texts().toArray(new String[0]));
                }));
        YamlTree rules = root.entry("rules")
                .orElseThrow(() -> root.error("there are no rules: write \"rules:\" and a list of them"));
        for (YamlTree rule : rules.items()) {
            add(rule, policy, groups);
        }
        return policy.build();
    }

    private static void add(YamlTree rule, AccessPolicy.Builder policy, Set<String> groups) {
        rule.allow("who", "may", "mayNot", "in");
        YamlTree who = rule.entry("who")
                .orElseThrow(() -> rule.error("a rule says who: anyone, any user, user NAME or group NAME"));
        YamlTree where = rule.entry("in")
                .orElseThrow(() -> rule.error("a rule says in which repositories, such as \"in: team/**\""));
        boolean allows = rule.entry("may").isPresent();
        if (allows == rule.entry("mayNot").isPresent()) {
            throw rule.error("a rule says either what they may or what they mayNot");
        }
        AccessPolicy.Grant grant = subject(who, policy, groups);
        YamlTree actions = rule.entry(allows ? "may" : "mayNot").orElseThrow();
        for (YamlTree action : actions.texts().isEmpty() ? List.<YamlTree>of() : actions.itemsOrSelf()) {
            for (YamlTree pattern : where.itemsOrSelf()) {
                try {
                    Words.apply(grant, action.text(), allows, pattern.text());
                } catch (UnknownWordException e) {
                    throw action.error(String.valueOf(e.getMessage()));
                } catch (IllegalArgumentException e) {
                    throw pattern.error(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private static AccessPolicy.Grant subject(YamlTree who, AccessPolicy.Builder policy, Set<String> groups) {
        String text = who.text();
        if (text.equals("anyone")) {
            return policy.anyone();
        }
        if (text.equals("any user")) {
            return policy.anyUser();
        }
        if (text.startsWith("user ") && !text.substring(5).isBlank()) {
            return policy.user(text.substring(5).strip());
        }
        if (text.startsWith("group ") && !text.substring(6).isBlank()) {
            String group = text.substring(6).strip();
            if (!groups.contains(group)) {
                throw who.error("there is no group \"" + group + "\"; those there are: " + groups);
            }
            return policy.group(group);
        }
        throw who.error("\"" + text + "\" is nobody: write anyone, any user, user NAME or group NAME");
    }
}
