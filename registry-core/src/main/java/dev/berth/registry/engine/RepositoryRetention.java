package dev.berth.registry.engine;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.TagChange;
import dev.berth.registry.TagWatch;
import dev.berth.registry.engine.WriteBarrier.Additions;
import dev.berth.registry.retention.Reason;
import dev.berth.registry.retention.RepositoryFacts;
import dev.berth.registry.retention.RepositoryFacts.TagFact;
import dev.berth.registry.retention.RetentionDecision;
import dev.berth.registry.retention.RetentionPlan;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Carries out a policy in one repository. */
final class RepositoryRetention {

    private final RepositoryName repository;
    private final RetentionFacts facts;
    private final RetentionPolicy policy;
    private final MetadataStore metadata;
    private final Coordination coordination;
    private final StoredManifests manifests;
    private final ManifestContent content;
    private final Registry through;
    private final RetentionRun run;

    RepositoryRetention(
            RepositoryName repository,
            RetentionFacts facts,
            RetentionPolicy policy,
            MetadataStore metadata,
            Coordination coordination,
            StoredManifests manifests,
            ManifestContent content,
            Registry through,
            RetentionRun run) {
        this.repository = repository;
        this.facts = facts;
        this.policy = policy;
        this.metadata = metadata;
        this.coordination = coordination;
        this.manifests = manifests;
        this.content = content;
        this.through = through;
        this.run = run;
    }

    /** @param agreed what may go at most; if empty, whatever the policy says */
    void carryOut(Optional<RetentionPlan> agreed) throws IOException {
        run.step();
        // Whoever pushes tells from here on, so that nothing comes unseen between the facts and what is done by them.
        Additions added = coordination.barrier().watchBeside(repository);
        try {
            Instant now = coordination.clock().instant();
            RepositoryFacts found = facts.read(repository);
            found.obstacle()
                    .ifPresent(obstacle ->
                            run.obstacle("No untagged manifest is deleted from " + repository + ": " + obstacle));
            List<RetentionDecision> decisions = policy.decide(found, now);
            Optional<Set<Object>> allowed = agreed.map(this::allowed);
            deleteTags(found, decisions, allowed);
            new ManifestRetention(repository, metadata, coordination, manifests, content, run)
                    .carryOut(found, decisions, allowed, added, now);
        } finally {
            coordination.barrier().unwatch(added);
        }
    }

    private void deleteTags(RepositoryFacts found, List<RetentionDecision> decisions, Optional<Set<Object>> allowed)
            throws IOException {
        Map<Object, TagFact> tags = new HashMap<>();
        found.tags().forEach(tag -> tags.put(tag.tag(), tag));
        for (RetentionDecision decision : decisions) {
            if (decision instanceof RetentionDecision.OfTag ofTag) {
                run.step();
                TagFact tag = tags.get(ofTag.tag());
                boolean mayGo = allowed.isEmpty() || allowed.get().contains(ofTag.tag());
                run.decided(decision.keeps() || tag == null ? decision : delete(ofTag, tag, mayGo));
            }
        }
    }

    /** What may go by a plan: tags, and digests of manifests. */
    private Set<Object> allowed(RetentionPlan plan) {
        Set<Object> allowed = new HashSet<>();
        for (RetentionDecision decision : plan.repositories().getOrDefault(repository, List.of())) {
            if (!decision.keeps()) {
                allowed.add(decision instanceof RetentionDecision.OfTag tag ? tag.tag() : decision.digest());
            }
        }
        return allowed;
    }

    private RetentionDecision delete(RetentionDecision.OfTag decision, TagFact tag, boolean mayGo) throws IOException {
        if (!mayGo) {
            return spared(decision, "the plan says nothing of it");
        }
        try {
            boolean deleted = through.deleteTag(repository, decision.tag(), new Unchanged(tag));
            return deleted ? decision : spared(decision, "it had gone already");
        } catch (RegistryException e) {
            return spared(decision, e.errors().get(0).message());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static RetentionDecision spared(RetentionDecision decision, String cause) {
        return decision.because(new Reason.Spared(cause));
    }

    /** Refuses to delete a tag that is not what was decided about. Called while it can become nothing else. */
    private final class Unchanged implements TagWatch {

        private final TagFact seen;

        Unchanged(TagFact seen) {
            this.seen = seen;
        }

        @Override
        public void before(TagChange change) {
            try {
                boolean same = change.from().equals(Optional.of(seen.digest()))
                        && metadata.changedAt(Keys.tagCurrent(repository, seen.tag()))
                                .equals(Optional.of(seen.pushedAt()));
                if (!same) {
                    throw new RegistryException(ErrorCode.DENIED, "it has just been pushed again");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
