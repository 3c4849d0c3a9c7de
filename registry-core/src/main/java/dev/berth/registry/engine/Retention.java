package dev.berth.registry.engine;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.retention.RetentionDecision;
import dev.berth.registry.retention.RetentionListener;
import dev.berth.registry.retention.RetentionPlan;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.retention.RetentionReport;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * Carries out a {@link RetentionPolicy} while pushes, pulls and deletes go on.
 *
 * <pre>{@code
 * Retention retention = registry.retention(policy);
 * RetentionPlan plan = retention.plan();                   // deletes nothing
 * plan.decisions().forEach(System.out::println);           // team/app:1.0.3 deleted because …
 * retention.apply(plan, registry);
 * }</pre>
 *
 * <p>Tags are deleted through the registry that is given, so that its layers refuse what they refuse, and tell what happens. A tag
 * goes only if it is still what was decided about: not moved, and not pushed again. A manifest goes only if no tag points to it, and
 * nothing that has been pushed or asked for since needs it. The bytes stay for a {@link Collector} to remove.
 *
 * <p>It looks at one repository at a time, and needs some hundred bytes of memory for each tag and each manifest there; a plan
 * for each decision. Safe for use by several threads.
 */
public final class Retention {

    private final MetadataStore metadata;
    private final Coordination coordination;
    private final StoredManifests manifests;
    private final ManifestContent content;
    private final StoredTags tags;
    private final LastUses uses;
    private final RetentionPolicy policy;
    private final BiPredicate<RepositoryName, Tag> immutable;

    Retention(
            MetadataStore metadata,
            Coordination coordination,
            StoredManifests manifests,
            ManifestContent content,
            StoredTags tags,
            LastUses uses,
            RetentionPolicy policy) {
        this(metadata, coordination, manifests, content, tags, uses, policy, (repository, tag) -> false);
    }

    private Retention(
            MetadataStore metadata,
            Coordination coordination,
            StoredManifests manifests,
            ManifestContent content,
            StoredTags tags,
            LastUses uses,
            RetentionPolicy policy,
            BiPredicate<RepositoryName, Tag> immutable) {
        this.metadata = metadata;
        this.coordination = coordination;
        this.manifests = manifests;
        this.content = content;
        this.tags = tags;
        this.uses = uses;
        this.policy = policy;
        this.immutable = immutable;
    }

    /**
     * The same, which knows beforehand that some tags stay, and says so in its plans: {@code sparing(immutableTags::contains)}. Who
     * wants immutable tags to go by a policy leaves this out, and applies it to a registry without the layer that protects them.
     */
    public Retention sparing(BiPredicate<RepositoryName, Tag> tagsThatStay) {
        return new Retention(metadata, coordination, manifests, content, tags, uses, policy, tagsThatStay);
    }

    /**
     * Says what would become of each tag, and of each manifest that no tag points to, and why. Deletes nothing.
     *
     * @throws IOException if the storage fails
     */
    public RetentionPlan plan() throws IOException {
        Instant now = coordination.clock().instant();
        SortedMap<RepositoryName, List<RetentionDecision>> decisions = new TreeMap<>();
        RepositoryWalk.over(
                metadata,
                repository -> {
                    if (policy.rulesFor(repository).isPresent()) {
                        decisions.put(repository, decide(repository, now));
                    }
                },
                path -> {});
        return new RetentionPlan(now, decisions);
    }

    private List<RetentionDecision> decide(RepositoryName repository, Instant now) throws IOException {
        RetentionPolicy.Rules rules = policy.rulesFor(repository).orElseThrow();
        return policy.decide(facts(rules).read(repository), now);
    }

    private RetentionFacts facts(RetentionPolicy.Rules rules) {
        return new RetentionFacts(metadata, content, tags, uses, rules, immutable);
    }

    /**
     * Deletes what a plan says, as far as it still holds: what the policy would keep by now stays.
     *
     * @param through what tags are deleted through: the registry with its layers
     * @throws IOException if the storage fails; what was deleted until then was to go
     */
    public RetentionReport apply(RetentionPlan plan, Registry through) throws IOException {
        RetentionRun run = new RetentionRun(RetentionListener.none(), () -> false);
        try {
            for (RepositoryName repository : plan.repositories().keySet()) {
                carryOut(repository, Optional.of(plan), through, run);
            }
        } catch (CancellationException e) {
            return run.report(true);
        }
        return run.report(false);
    }

    /**
     * Decides and deletes, repository by repository.
     *
     * @param through what tags are deleted through: the registry with its layers
     * @param listener is told of each thing that was deleted or kept
     * @param cancelled is asked now and then whether to end early, as an interrupt does too
     * @throws IOException if the storage fails; what was deleted until then was to go
     */
    public RetentionReport run(Registry through, RetentionListener listener, BooleanSupplier cancelled)
            throws IOException {
        RetentionRun run = new RetentionRun(listener, cancelled);
        try {
            RepositoryWalk.over(
                    metadata, repository -> carryOut(repository, Optional.empty(), through, run), path -> {});
        } catch (CancellationException e) {
            return run.report(true);
        }
        return run.report(false);
    }

    private void carryOut(RepositoryName repository, Optional<RetentionPlan> agreed, Registry through, RetentionRun run)
            throws IOException {
        Optional<RetentionPolicy.Rules> rules = policy.rulesFor(repository);
        if (rules.isPresent()) {
            new RepositoryRetention(
                            repository,
                            facts(rules.get()),
                            policy,
                            metadata,
                            coordination,
                            manifests,
                            content,
                            through,
                            run)
                    .carryOut(agreed);
        }
    }
}
