package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * Removes from a repository the manifests that no tag leads to. What keeps others goes before these, and what keeps each other
 * goes at once: so whoever asks for a manifest, and is told that it is there, finds all that it leads to as well.
 */
final class UntaggedManifests {

    private final RepositoryName repository;
    private final MetadataStore metadata;
    private final Coordination coordination;
    private final StoredManifests manifests;
    private final RepositoryMark mark;
    private final Youth youth;
    private final CollectionRun run;
    private final Keepers keepers = new Keepers();

    /** @param mark has marked what tags lead to, and what is young */
    UntaggedManifests(
            RepositoryName repository,
            MetadataStore metadata,
            Coordination coordination,
            StoredManifests manifests,
            RepositoryMark mark,
            Youth youth,
            CollectionRun run) {
        this.repository = repository;
        this.metadata = metadata;
        this.coordination = coordination;
        this.manifests = manifests;
        this.mark = mark;
        this.youth = youth;
        this.run = run;
    }

    void collect() throws IOException {
        Digests.inKeys(metadata, Keys.revisions(repository), digest -> {
            if (!mark.reaches(digest)) {
                findKeepers(digest);
            }
        });
        if (mark.complete()) {
            Digests.inKeys(metadata, Keys.revisions(repository), digest -> {
                if (!mark.reaches(digest)) {
                    keepers.groups(digest, this::collect);
                }
            });
        }
    }

    private void findKeepers(Digest digest) throws IOException {
        Optional<Manifest> manifest = mark.read(digest);
        if (manifest.isEmpty()) {
            return;
        }
        manifest.get().subject().map(Descriptor::digest).ifPresent(subject -> keepers.addReferrer(digest, subject));
        Digests.mentionedBy(manifest.get(), mentioned -> {
            if (mark.isManifest(mentioned) && !mark.reaches(mentioned)) {
                keepers.add(mentioned, digest);
            }
        });
    }

    private void collect(List<Digest> group) throws IOException {
        List<Garbage> found = new ArrayList<>(group.size());
        for (Digest digest : group) {
            run.step();
            metadata.changedAt(Keys.revision(repository, digest))
                    .ifPresent(pushedAt -> found.add(new Garbage.UntaggedManifest(repository, digest, pushedAt)));
        }
        boolean gone = !isNeeded(group)
                && run.remove(found, () -> {
                    Lock lock = coordination.repositories().forDeleting(repository);
                    lock.lock();
                    try {
                        // What was pushed or asked for since then is known now, and no more can come: no tag leads to
                        // it either,
                        // or it would be reached.
                        mark.catchUp();
                        return !isNeeded(group) && mark.complete() && delete(group);
                    } finally {
                        lock.unlock();
                    }
                });
        if (!gone) {
            for (Digest digest : group) {
                mark.root(digest);
            }
        }
    }

    private boolean isNeeded(List<Digest> group) throws IOException {
        for (Digest digest : group) {
            if (mark.reaches(digest)
                    || keepers.of(digest).stream().anyMatch(mark::reaches)
                    || youth.isYoung(Keys.revision(repository, digest), digest)) {
                return true;
            }
        }
        return false;
    }

    private boolean delete(List<Digest> group) throws IOException {
        for (Digest digest : group) {
            manifests.deleteUntagged(repository, digest);
        }
        return true;
    }
}
