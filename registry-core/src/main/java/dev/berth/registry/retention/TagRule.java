package dev.berth.registry.retention;

import dev.berth.registry.Tag;
import dev.berth.registry.pattern.SemanticVersion;
import dev.berth.registry.retention.RepositoryFacts.TagFact;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A rule about the tags of one repository, at one time. */
@FunctionalInterface
interface TagRule {

    /** Why the rule keeps a tag, if it does. */
    Optional<Reason> keeps(TagFact tag);

    static TagRule of(Keep keep, RepositoryFacts facts, Instant now) {
        TagRule rule = rule(keep, facts, now);
        return tag -> keep.tags().test(tag.tag()) ? rule.keeps(tag) : Optional.empty();
    }

    private static TagRule rule(Keep keep, RepositoryFacts facts, Instant now) {
        if (keep instanceof Keep.Newest newest) {
            return newest(newest, facts);
        }
        if (keep instanceof Keep.NewestOfEachMinor newest) {
            return newestOfEachMinor(newest, facts);
        }
        if (keep instanceof Keep.PushedWithin pushed) {
            Instant limit = now.minus(pushed.age());
            return tag -> tag.pushedAt().isBefore(limit)
                    ? Optional.empty()
                    : Optional.of(new Reason.PushedLately(tag.pushedAt(), pushed.age()));
        }
        if (keep instanceof Keep.PulledWithin pulled) {
            return pulledWithin(pulled, facts, now);
        }
        Reason forEver = new Reason.KeptForEver(keep.tags());
        return tag -> Optional.of(forEver);
    }

    private static TagRule newest(Keep.Newest rule, RepositoryFacts facts) {
        List<Tag> newest = facts.tags().stream()
                .filter(tag -> rule.tags().test(tag.tag()))
                .sorted(Comparator.comparing(TagFact::pushedAt)
                        .thenComparing(TagFact::tag)
                        .reversed())
                .limit(rule.count())
                .map(TagFact::tag)
                .toList();
        Map<Tag, Integer> places = new HashMap<>();
        newest.forEach(tag -> places.put(tag, places.size() + 1));
        return tag -> Optional.ofNullable(places.get(tag.tag()))
                .map(place -> new Reason.AmongNewest(rule.tags(), place, rule.count()));
    }

    /** Tags that are the same version, such as {@code 1.2.3} and {@code v1.2.3}, share a place. */
    private static TagRule newestOfEachMinor(Keep.NewestOfEachMinor rule, RepositoryFacts facts) {
        Map<String, TreeSet<SemanticVersion>> versions = new TreeMap<>();
        for (TagFact tag : facts.tags()) {
            if (rule.tags().test(tag.tag())) {
                SemanticVersion.of(tag.tag())
                        .ifPresent(version -> versions.computeIfAbsent(minor(version), m -> new TreeSet<>())
                                .add(version));
            }
        }
        Map<SemanticVersion, Integer> places = new HashMap<>();
        for (TreeSet<SemanticVersion> ofMinor : versions.values()) {
            int place = 0;
            for (SemanticVersion version : ofMinor.descendingSet()) {
                if (++place > rule.count()) {
                    break;
                }
                places.put(version, place);
            }
        }
        return tag -> SemanticVersion.of(tag.tag())
                .flatMap(version -> Optional.ofNullable(places.get(version))
                        .map(place -> new Reason.AmongNewestOfMinor(minor(version), place, rule.count())));
    }

    private static String minor(SemanticVersion version) {
        return version.major() + "." + version.minor();
    }

    private static TagRule pulledWithin(Keep.PulledWithin rule, RepositoryFacts facts, Instant now) {
        Instant limit = now.minus(rule.age());
        boolean unknown =
                facts.pullsNotedSince().filter(since -> !since.isAfter(limit)).isEmpty();
        return tag -> {
            if (tag.pulledAt().filter(time -> !time.isBefore(limit)).isPresent()) {
                return Optional.of(new Reason.PulledLately(tag.pulledAt().get(), rule.age()));
            }
            return unknown
                    ? Optional.of(new Reason.PullsUnknown(facts.pullsNotedSince(), rule.age()))
                    : Optional.empty();
        };
    }
}
