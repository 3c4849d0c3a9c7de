package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.WriteBarrier.Additions;
import dev.berth.registry.retention.Reason;
import dev.berth.registry.retention.RepositoryFacts;
import dev.berth.registry.retention.RepositoryFacts.ManifestFact;
import dev.berth.registry.retention.RetentionDecision;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * Deletes from one repository the manifests that a policy does not keep. What keeps others goes before these, and what keeps each
 * other goes at once or stays: so nobody finds an index without its manifests, or a subject without its referrers.
 */
final class ManifestRetention {

    private final RepositoryName repository;
    private final MetadataStore metadata;
    private final Coordination coordination;
    private final StoredManifests manifests;
    private final ManifestContent content;
    private final RetentionRun run;

    ManifestRetention(
            RepositoryName repository,
            MetadataStore metadata,
            Coordination coordination,
            StoredManifests manifests,
            ManifestContent content,
            RetentionRun run) {
        this.repository = repository;
        this.metadata = metadata;
        this.coordination = coordination;
        this.manifests = manifests;
        this.content = content;
        this.run = run;
    }

    /**
     * Carries out what was decided.
     *
     * @param agreed what may go at most; if empty, whatever was decided
     * @param added what has been pushed since before the facts were read
     * @param since when they were
     */
    void carryOut(
            RepositoryFacts found,
            List<RetentionDecision> decisions,
            Optional<Set<Object>> agreed,
            Additions added,
            Instant since)
            throws IOException {
        Map<Digest, RetentionDecision> going = new LinkedHashMap<>();
        for (RetentionDecision decision : decisions) {
            if (decision instanceof RetentionDecision.OfManifest) {
                if (decision.keeps()) {
                    run.decided(decision);
                } else {
                    going.put(decision.digest(), decision);
                }
            }
        }
        if (going.isEmpty()) {
            return;
        }
        Keepers keepers = keepers(found, going.keySet());
        StillNeeded needed = new StillNeeded(found, decisions, keepers, added, since);
        for (Digest digest : going.keySet()) {
            keepers.groups(digest, group -> {
                run.step();
                for (RetentionDecision decision : delete(group, going, agreed, needed)) {
                    run.decided(decision);
                }
            });
        }
    }

    private static Keepers keepers(RepositoryFacts found, Set<Digest> going) {
        Keepers keepers = new Keepers();
        for (ManifestFact manifest : found.manifests()) {
            if (going.contains(manifest.digest())) {
                manifest.names().stream()
                        .filter(going::contains)
                        .forEach(named -> keepers.add(named, manifest.digest()));
                manifest.subject().ifPresent(subject -> keepers.addReferrer(manifest.digest(), subject));
            }
        }
        return keepers;
    }

    /** @param group in the order in which they can go */
    private List<RetentionDecision> delete(
            List<Digest> group, Map<Digest, RetentionDecision> going, Optional<Set<Object>> agreed, StillNeeded needed)
            throws IOException {
        // Alone in its group, and none of them, is a subject that is not there, or stays.
        List<RetentionDecision> decisions =
                group.stream().map(going::get).filter(Objects::nonNull).toList();
        if (decisions.isEmpty()) {
            return List.of();
        }
        if (!agreed.map(all -> all.containsAll(group)).orElse(true)) {
            return needed.stay(decisions, "the plan says nothing of it, or of what goes with it");
        }
        Lock lock = coordination.repositories().forDeleting(repository);
        lock.lock();
        try {
            // What has been pushed is known now, and no more can come.
            if (needed.any(group)) {
                return needed.stay(decisions, "it has just been pushed or asked for, or something that needs it");
            }
            List<RetentionDecision> done = new ArrayList<>(decisions.size());
            for (RetentionDecision decision : decisions) {
                boolean deleted = manifests.deleteUntagged(repository, decision.digest());
                done.add(deleted ? decision : spared(decision, "it had gone already"));
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    private static RetentionDecision spared(RetentionDecision decision, String cause) {
        return decision.because(new Reason.Spared(cause));
    }

    /** Which of the manifests that are to go are needed by now. */
    private final class StillNeeded {

        private final Keepers keepers;
        private final RepositoryMark mark;
        private final Instant since;

        StillNeeded(
                RepositoryFacts found,
                List<RetentionDecision> decisions,
                Keepers keepers,
                Additions added,
                Instant since)
                throws IOException {
            this.keepers = keepers;
            this.since = since;
            mark = new RepositoryMark(
                    repository,
                    content,
                    true,
                    new DigestSet(),
                    added.manifests(),
                    new CollectionRun(true, CollectionListener.none(), run.cancelled()));
            found.manifests().forEach(manifest -> mark.isThere(manifest.digest()));
            markTagsThatDidNotGo(decisions);
        }

        private void markTagsThatDidNotGo(List<RetentionDecision> decisions) throws IOException {
            Links links = new Links(metadata);
            for (RetentionDecision decision : decisions) {
                if (decision instanceof RetentionDecision.OfTag ofTag && !decision.keeps()) {
                    Optional<Digest> digest = links.get(Keys.tagCurrent(repository, ofTag.tag()));
                    if (digest.isPresent()) {
                        mark.root(digest.get());
                    }
                }
            }
        }

        boolean any(List<Digest> group) throws IOException {
            mark.catchUp();
            if (!mark.complete()) {
                return true;
            }
            for (Digest digest : group) {
                if (mark.reaches(digest)
                        || keepers.of(digest).stream().anyMatch(mark::reaches)
                        || coordination.recent().since(digest, since)) {
                    return true;
                }
            }
            return false;
        }

        /** They stay, and so does what they name. */
        List<RetentionDecision> stay(List<RetentionDecision> decisions, String cause) throws IOException {
            List<RetentionDecision> staying = new ArrayList<>(decisions.size());
            for (RetentionDecision decision : decisions) {
                mark.root(decision.digest());
                staying.add(spared(decision, cause));
            }
            return staying;
        }
    }
}
