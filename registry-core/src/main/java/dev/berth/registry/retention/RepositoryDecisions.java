package dev.berth.registry.retention;

import dev.berth.registry.Digest;
import dev.berth.registry.retention.RepositoryFacts.ManifestFact;
import dev.berth.registry.retention.RepositoryFacts.TagFact;
import dev.berth.registry.retention.RetentionPolicy.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What rules decide in one repository: of its tags first, and then of the manifests that are left without one. */
final class RepositoryDecisions {

    private final Rules rules;
    private final RepositoryFacts facts;
    private final Instant now;
    private final List<TagRule> tagRules;

    RepositoryDecisions(Rules rules, RepositoryFacts facts, Instant now) {
        this.rules = rules;
        this.facts = facts;
        this.now = now;
        this.tagRules =
                rules.keep().stream().map(keep -> TagRule.of(keep, facts, now)).toList();
    }

    List<RetentionDecision> all() {
        List<RetentionDecision> decisions = new ArrayList<>(facts.tags().size());
        Set<Digest> tagged = new HashSet<>();
        Set<Digest> losingTags = new HashSet<>();
        for (TagFact tag : facts.tags()) {
            Reason reason = reason(tag);
            (reason instanceof Reason.Kept ? tagged : losingTags).add(tag.digest());
            decisions.add(new RetentionDecision.OfTag(facts.repository(), tag.tag(), tag.digest(), reason));
        }
        rules.untagged().ifPresent(age -> decideUntagged(age, tagged, losingTags, decisions));
        return decisions;
    }

    private void decideUntagged(
            Duration age, Set<Digest> tagged, Set<Digest> losingTags, List<RetentionDecision> decisions) {
        UntaggedManifests untagged = new UntaggedManifests(facts, age, tagged, losingTags, now);
        for (ManifestFact manifest : facts.manifests()) {
            if (!tagged.contains(manifest.digest())) {
                Reason reason = untagged.reason(manifest);
                decisions.add(new RetentionDecision.OfManifest(facts.repository(), manifest.digest(), reason));
            }
        }
    }

    private Reason reason(TagFact tag) {
        if (tag.immutable()) {
            return new Reason.Immutable();
        }
        if (tagRules.isEmpty()) {
            return new Reason.NoRuleForTags();
        }
        for (TagRule rule : tagRules) {
            Optional<Reason> reason = rule.keeps(tag);
            if (reason.isPresent()) {
                return reason.get();
            }
        }
        return new Reason.NoRuleKeeps(rules.keep(), tag.pushedAt(), tag.pulledAt());
    }
}
