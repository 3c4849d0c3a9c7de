package dev.berth.registry.retention;

import dev.berth.registry.Digest;
import dev.berth.registry.retention.Reason.Use;
import dev.berth.registry.retention.RepositoryFacts.ManifestFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which manifests of a repository are needed though no tag points to them, or are too young to go. */
final class UntaggedManifests {

    private final RepositoryFacts facts;
    private final Duration age;
    private final Set<Digest> losingTags;
    private final Instant now;
    private final Map<Digest, ManifestFact> manifests = new HashMap<>();
    private final Map<Digest, List<Digest>> referrers = new HashMap<>();
    private final Map<Digest, Reason> kept = new HashMap<>();

    /**
     * @param age how long they stay
     * @param tagged what the tags that stay point to
     * @param losingTags what the tags that go point to
     */
    UntaggedManifests(RepositoryFacts facts, Duration age, Set<Digest> tagged, Set<Digest> losingTags, Instant now) {
        this.facts = facts;
        this.age = age;
        this.losingTags = losingTags;
        this.now = now;
        if (facts.obstacle().isEmpty()) {
            spread(tagged);
        }
    }

    Reason reason(ManifestFact manifest) {
        if (facts.obstacle().isPresent()) {
            return new Reason.Unreadable(facts.obstacle().get());
        }
        Reason reason = kept.get(manifest.digest());
        if (reason != null) {
            return reason;
        }
        LastUse last = lastUse(manifest);
        return new Reason.Untagged(last.use(), last.at(), age);
    }

    /** Goes from the manifests that stay by themselves to those that they name, and to those that refer to them. */
    private void spread(Set<Digest> tagged) {
        Instant limit = now.minus(age);
        Deque<Digest> next = new ArrayDeque<>(tagged);
        for (ManifestFact manifest : facts.manifests()) {
            manifests.put(manifest.digest(), manifest);
            manifest.subject()
                    .ifPresent(subject -> referrers
                            .computeIfAbsent(subject, s -> new ArrayList<>())
                            .add(manifest.digest()));
            LastUse last = lastUse(manifest);
            if (!tagged.contains(manifest.digest()) && last.at().isAfter(limit)) {
                kept.put(manifest.digest(), new Reason.UntaggedNotLong(last.use(), last.at(), age));
                next.add(manifest.digest());
            }
        }
        while (!next.isEmpty()) {
            Digest digest = next.remove();
            ManifestFact manifest = manifests.get(digest);
            if (manifest != null) {
                for (Digest named : manifest.names()) {
                    keep(named, new Reason.NamedBy(digest), tagged, next);
                }
            }
            for (Digest referrer : referrers.getOrDefault(digest, List.of())) {
                keep(referrer, new Reason.RefersTo(digest), tagged, next);
            }
        }
    }

    private void keep(Digest digest, Reason reason, Set<Digest> tagged, Deque<Digest> next) {
        if (!tagged.contains(digest) && kept.putIfAbsent(digest, reason) == null) {
            next.add(digest);
        }
    }

    private record LastUse(Use use, Instant at) {}

    private LastUse lastUse(ManifestFact manifest) {
        LastUse last = new LastUse(Use.PUSHED, manifest.pushedAt());
        last = later(last, Use.PULLED, manifest.pulledAt());
        if (manifest.pulledAt().isEmpty()) {
            last = later(last, Use.UNKNOWN, facts.pullsNotedSince());
        }
        last = later(last, Use.UNTAGGED, manifest.untaggedAt());
        return losingTags.contains(manifest.digest()) ? later(last, Use.UNTAGGED, Optional.of(now)) : last;
    }

    private static LastUse later(LastUse last, Use use, Optional<Instant> at) {
        return at.isPresent() && at.get().isAfter(last.at()) ? new LastUse(use, at.get()) : last;
    }
}
