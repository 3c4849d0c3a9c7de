package dev.berth.registry.retention;

import dev.berth.registry.RepositoryName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a policy would do now, with a reason for each thing that stays and that goes. Immutable.
 *
 * @param madeAt when it was made
 * @param repositories the decisions in each; those that no rules speak of are left out
 */
public record RetentionPlan(Instant madeAt, SortedMap<RepositoryName, List<RetentionDecision>> repositories) {

    /** Copies what it is given. */
    public RetentionPlan {
        TreeMap<RepositoryName, List<RetentionDecision>> copy = new TreeMap<>();
        repositories.forEach((repository, decisions) -> copy.put(repository, List.copyOf(decisions)));
        repositories = Collections.unmodifiableSortedMap(copy);
    }

    /** All decisions, repository by repository. */
    public Stream<RetentionDecision> decisions() {
        return repositories.values().stream().flatMap(List::stream);
    }

    /** How much stays, and how much goes. */
    public RetentionCount count() {
        return decisions().reduce(RetentionCount.NONE, RetentionCount::plus, RetentionCount::plus);
    }
}
