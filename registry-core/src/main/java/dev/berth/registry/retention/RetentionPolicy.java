package dev.berth.registry.retention;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.pattern.RepositoryPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which tags and manifests stay:
 *
 * <pre>{@code
 * RetentionPolicy.builder()
 *         .in("team/**", team -> team
 *                 .keep(Keep.all("release-*"))
 *                 .keep(Keep.newestOfEachMinor(3))
 *                 .keep(Keep.pulledWithin(Duration.ofDays(30)))
 *                 .deleteUntaggedAfter(Duration.ofDays(7)))
 *         .in("cache/**", cache -> cache.keep(Keep.newest(20)))
 *         .build();
 * }</pre>
 *
 * <p>For a repository the first rules count that speak of it; where none do, everything stays. A tag goes if there are rules
 * that keep tags and none of them keeps it. A manifest that no tag points to goes when it has rested for long enough, unless
 * an index or another manifest that stays names it, or it refers to one that stays. Immutable.
 *
 * @param rules in the order in which they are asked
 */
public record RetentionPolicy(List<Rules> rules) {

    public RetentionPolicy {
        rules = List.copyOf(rules);
    }

    /**
     * What holds in some repositories.
     *
     * @param repositories in which
     * @param keep a tag stays if any of these keeps it; if there is none, all tags stay
     * @param untagged how long a manifest stays that no tag points to, counted from when it was last pushed, pulled or had a tag;
     *     for ever if empty
     */
    public record Rules(RepositoryPattern repositories, List<Keep> keep, Optional<Duration> untagged) {

        /** @throws IllegalArgumentException if the duration is negative */
        public Rules {
            keep = List.copyOf(keep);
            untagged.ifPresent(age -> Span.check("The time after which untagged manifests go", age));
        }
    }

    /** A policy to be told more. */
    public static Builder builder() {
        return new Builder();
    }

    /** What holds in a repository, if anything does. */
    public Optional<Rules> rulesFor(RepositoryName repository) {
        return rules.stream().filter(r -> r.repositories().test(repository)).findFirst();
    }

    /**
     * Decides what becomes of what is in a repository. The same facts at the same time give the same decisions.
     *
     * @return a decision for each tag, and, where untagged manifests are to go at all, for each manifest that no tag points to when
     *     those that go have gone; none where no rules speak of the repository
     */
    public List<RetentionDecision> decide(RepositoryFacts facts, Instant now) {
        return rulesFor(facts.repository())
                .map(r -> new RepositoryDecisions(r, facts, now).all())
                .orElse(List.of());
    }

    /** Puts rules together. Not safe for use by several threads. */
    public static final class Builder {

        private final List<Rules> rules = new ArrayList<>();

        private Builder() {}

        /**
         * Says what holds in some repositories, of which no rules have spoken before.
         *
         * @param repositories as {@link RepositoryPattern#of} reads it
         * @throws IllegalArgumentException if that is no pattern
         */
        public Builder in(String repositories, Consumer<RulesBuilder> change) {
            RulesBuilder builder = new RulesBuilder(RepositoryPattern.of(repositories));
            change.accept(builder);
            rules.add(builder.build());
            return this;
        }

        /** The policy. */
        public RetentionPolicy build() {
            return new RetentionPolicy(rules);
        }
    }

    /** What holds in some repositories, to be told more. Not safe for use by several threads. */
    public static final class RulesBuilder {

        private final RepositoryPattern repositories;
        private final List<Keep> keep = new ArrayList<>();
        private Optional<Duration> untagged = Optional.empty();

        private RulesBuilder(RepositoryPattern repositories) {
            this.repositories = repositories;
        }

        /** Keeps some tags; those that nothing keeps go. */
        public RulesBuilder keep(Keep rule) {
            keep.add(rule);
            return this;
        }

        /**
         * Lets manifests go that no tag points to, when they have not been pushed, pulled or tagged for so long.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public RulesBuilder deleteUntaggedAfter(Duration age) {
            untagged = Optional.of(Span.check("The time after which untagged manifests go", age));
            return this;
        }

        private Rules build() {
            return new Rules(repositories, keep, untagged);
        }
    }
}
