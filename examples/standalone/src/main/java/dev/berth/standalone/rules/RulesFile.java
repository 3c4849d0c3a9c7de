package dev.berth.standalone.rules;

import dev.berth.registry.auth.yaml.YamlTree;
import dev.berth.registry.layer.ImmutableTags;
import dev.berth.registry.quota.Quota;
import dev.berth.registry.retention.Keep;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.standalone.config.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads rules from YAML:
 *
 * <pre>{@code
 * retention:
 *   every: 24h                        # how often; 24h unless told
 *   policies:                         # for each repository the first that speaks of it counts
 *   - in: team/**
 *     keep:                           # a tag that none of these keeps goes; without "keep" all stay
 *     - all: release-*
 *     - newest: 10
 *     - newest: 3
 *       of: nightly-*
 *     - newestOfEachMinor: 2          # of semantic versions
 *     - pushedWithin: 30d
 *     - pulledWithin: 14d
 *     deleteUntaggedAfter: 7d
 *
 * quotas:
 * - in: team/**
 *   bytes: 10GiB
 *   tags: 100
 *   manifests: 1000
 *   uploads: 20
 *
 * limits:
 *   blob: 10GiB
 *   uploads: 64
 *
 * immutableTags:
 * - in: team/**
 *   tags: [semver, release-*]
 * }</pre>
 */
public final class RulesFile {

    private static final String HINT = "write \"retention:\", \"quotas:\", \"limits:\" or \"immutableTags:\"";

    private RulesFile() {}

    /**
     * Reads a file.
     *
     * @throws UsageException if it cannot be read, or says what no rules do; the message names file and line
     */
    public static Rules read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file of rules " + file.toAbsolutePath());
        } catch (CharacterCodingException e) {
            throw new UsageException("the file of rules " + file.toAbsolutePath() + " is not text in UTF-8");
        } catch (IOException e) {
            throw new UsageException("cannot read the file of rules " + file.toAbsolutePath() + ": " + e.getMessage());
        }
    }

    static Rules parse(String yaml, String source) {
        YamlTree root = YamlTree.parse(
                yaml, source, HINT, (line, message) -> new UsageException(source + ", line " + line + ": " + message));
        root.allow("retention", "quotas", "limits", "immutableTags");
        Optional<YamlTree> retention = root.entry("retention");
        retention.ifPresent(tree -> tree.allow("every", "policies"));
        return new Rules(
                retention.map(RulesFile::policy),
                retention
                        .flatMap(tree -> tree.entry("every"))
                        .map(RulesFile::interval)
                        .orElse(Rules.none().retentionEvery()),
                quotas(root),
                limits(root),
                immutableTags(root));
    }

    private static RetentionPolicy policy(YamlTree retention) {
        List<RetentionPolicy.Rules> rules = new ArrayList<>();
        YamlTree policies = retention
                .entry("policies")
                .orElseThrow(() -> retention.error("there are no policies: write \"policies:\" and a list of them"));
        for (YamlTree policy : policies.items()) {
            policy.allow("in", "keep", "deleteUntaggedAfter");
            RetentionPolicy.Builder builder = RetentionPolicy.builder();
            YamlTree where = where(policy);
            for (YamlTree pattern : where.itemsOrSelf()) {
                checked(
                        pattern,
                        text -> builder.in(text, in -> {
                            policy.entry("keep").ifPresent(keep -> keep.items().forEach(item -> in.keep(keep(item))));
                            policy.entry("deleteUntaggedAfter")
                                    .ifPresent(after -> in.deleteUntaggedAfter(duration(after)));
                        }));
            }
            rules.addAll(builder.build().rules());
        }
        return new RetentionPolicy(rules);
    }

    private static Keep keep(YamlTree item) {
        List<String> kinds = List.of("all", "newest", "newestOfEachMinor", "pushedWithin", "pulledWithin");
        item.allow("all", "newest", "newestOfEachMinor", "pushedWithin", "pulledWithin", "of");
        List<String> given =
                kinds.stream().filter(kind -> item.entry(kind).isPresent()).toList();
        if (given.size() != 1) {
            throw item.error("a rule that keeps says one of " + String.join(", ", kinds)
                    + "; several rules are several entries, each with a dash");
        }
        String kind = given.get(0);
        YamlTree value = item.entry(kind).orElseThrow();
        Keep keep = switch (kind) {
            case "all" -> checked(value, Keep::all);
            case "newest" -> checked(value, text -> Keep.newest(Math.toIntExact(number(value))));
            case "newestOfEachMinor" -> checked(value, text -> Keep.newestOfEachMinor(Math.toIntExact(number(value))));
            case "pushedWithin" -> Keep.pushedWithin(duration(value));
            default -> Keep.pulledWithin(duration(value));
        };
        Optional<YamlTree> of = item.entry("of");
        if (of.isPresent() && kind.equals("all")) {
            throw of.get().error("\"all\" says already which tags it is about");
        }
        return of.isPresent() ? checked(of.get(), keep::of) : keep;
    }

    private static List<Quota> quotas(YamlTree root) {
        List<Quota> quotas = new ArrayList<>();
        for (YamlTree entry : root.entry("quotas").map(YamlTree::items).orElse(List.of())) {
            entry.allow("in", "bytes", "tags", "manifests", "uploads");
            Quota quota = checked(where(entry), Quota::of);
            Quota empty = quota;
            Optional<YamlTree> bytes = entry.entry("bytes");
            quota = bytes.isPresent() ? quota.bytes(size(bytes.get())) : quota;
            Optional<YamlTree> tags = entry.entry("tags");
            quota = tags.isPresent() ? quota.tags(number(tags.get())) : quota;
            Optional<YamlTree> manifests = entry.entry("manifests");
            quota = manifests.isPresent() ? quota.manifests(number(manifests.get())) : quota;
            Optional<YamlTree> uploads = entry.entry("uploads");
            quota = uploads.isPresent() ? quota.uploads(number(uploads.get())) : quota;
            if (quota.equals(empty)) {
                throw entry.error("a quota limits bytes, tags, manifests or uploads");
            }
            quotas.add(quota);
        }
        return quotas;
    }

    private static Limits limits(YamlTree root) {
        Limits limits = Limits.none();
        Optional<YamlTree> section = root.entry("limits");
        if (section.isPresent()) {
            section.get().allow(Limit.keys().toArray(new String[0]));
            for (String key : Limit.keys()) {
                Optional<YamlTree> value = section.get().entry(key);
                Limits before = limits;
                limits = value.isPresent() ? checked(value.get(), text -> before.with(key, text)) : before;
            }
        }
        return limits;
    }

    private static ImmutableTags immutableTags(YamlTree root) {
        ImmutableTags all = new ImmutableTags(List.of());
        for (YamlTree entry : root.entry("immutableTags").map(YamlTree::items).orElse(List.of())) {
            entry.allow("in", "tags");
            YamlTree tags = entry.entry("tags")
                    .orElseThrow(() -> entry.error("say which tags are immutable, such as \"tags: semver\""));
            for (YamlTree pattern : where(entry).itemsOrSelf()) {
                for (YamlTree tag : tags.itemsOrSelf()) {
                    ImmutableTags before = all;
                    checked(pattern, text -> before.andIn(text, "*"));
                    all = checked(tag, text -> before.andIn(pattern.text(), text));
                }
            }
        }
        return all;
    }

    private static YamlTree where(YamlTree entry) {
        return entry.entry("in").orElseThrow(() -> entry.error("say in which repositories, such as \"in: team/**\""));
    }

    /** What an argument gives; if it makes no sense, its line is named. */
    private static <T> T checked(YamlTree argument, Function<String, T> use) {
        try {
            return use.apply(argument.text());
        } catch (IllegalArgumentException e) {
            throw argument.error(String.valueOf(e.getMessage()));
        }
    }

    private static long number(YamlTree value) {
        String text = value.text();
        if (!text.matches("[0-9]{1,9}")) {
            throw value.error("\"" + text + "\" has to be a whole number");
        }
        return Long.parseLong(text);
    }

    private static Duration duration(YamlTree value) {
        return Spans.parse(value.text())
                .orElseThrow(() -> value.error("\"" + value.text() + "\" has to be a duration, such as 30d or 12h"));
    }

    private static Duration interval(YamlTree value) {
        Duration every = duration(value);
        if (every.toMillis() < 1) {
            throw value.error("how often is longer than zero, such as 24h");
        }
        return every;
    }

    private static long size(YamlTree value) {
        return Sizes.parse(value.text())
                .orElseThrow(() -> value.error("\"" + value.text() + "\" has to be a size, such as 10GiB or 500MB"));
    }
}
