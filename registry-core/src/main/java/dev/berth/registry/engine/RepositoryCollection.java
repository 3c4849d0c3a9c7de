package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Page;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/** Removes from one repository what its manifests that stay do not need. */
final class RepositoryCollection {

    private static final int PAGE = 1000;

    private final RepositoryName repository;
    private final MetadataStore metadata;
    private final Links links;
    private final Coordination coordination;
    private final StoredManifests manifests;
    private final StoredTags tags;
    private final Youth youth;
    private final Optional<Youth> untagged;
    private final DigestSet live;
    private final CollectionRun run;
    private final RepositoryMark mark;

    RepositoryCollection(
            RepositoryName repository,
            MetadataStore metadata,
            Coordination coordination,
            StoredManifests manifests,
            ManifestContent content,
            StoredTags tags,
            CollectionOptions options,
            Instant now,
            DigestSet live,
            CollectionRun run) {
        this.repository = repository;
        this.metadata = metadata;
        this.links = new Links(metadata);
        this.coordination = coordination;
        this.manifests = manifests;
        this.tags = tags;
        Duration grace = options.gracePeriod();
        this.youth = new Youth(metadata, coordination.recent(), now.minus(grace));
        this.untagged = options.untaggedAge()
                .map(age -> new Youth(metadata, coordination.recent(), now.minus(longer(age, grace))));
        this.live = live;
        this.run = run;
        this.mark = new RepositoryMark(
                repository,
                content,
                untagged.isPresent(),
                live,
                coordination.barrier().watch(repository).manifests(),
                run);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    void collect() throws IOException {
        markRoots();
        mark.catchUp();
        if (untagged.isPresent() && mark.complete()) {
            new UntaggedManifests(repository, metadata, coordination, manifests, mark, untagged.get(), run).collect();
        }
        if (!mark.complete()) {
            keepAll();
            return;
        }
        Digests.inKeys(metadata, Keys.layers(repository), this::collectLink);
    }

    private void markRoots() throws IOException {
        if (untagged.isEmpty()) {
            Digests.inKeys(metadata, Keys.revisions(repository), mark::root);
            return;
        }
        Digests.inKeys(metadata, Keys.revisions(repository), mark::isThere);
        Optional<String> after = Optional.empty();
        boolean more = true;
        while (more) {
            Page<Tag> page = tags.list(repository, after, PAGE);
            for (Tag tag : page.items()) {
                Optional<Digest> digest = tags.find(repository, tag);
                if (digest.isPresent()) {
                    mark.root(digest.get());
                }
                after = Optional.of(tag.value());
            }
            more = page.more();
        }
        Digests.inKeys(metadata, Keys.revisions(repository), digest -> {
            if (!mark.reaches(digest) && untagged.get().isYoung(Keys.revision(repository, digest), digest)) {
                mark.root(digest);
            }
        });
    }

    /** Nobody knows what is needed, so everything is. */
    private void keepAll() throws IOException {
        Digests.inKeys(metadata, Keys.revisions(repository), live::add);
        Digests.inKeys(metadata, Keys.layers(repository), this::keep);
    }

    private void collectLink(Digest digest) throws IOException {
        run.step();
        if (mark.reaches(digest)) {
            keep(digest);
            return;
        }
        String key = Keys.layer(repository, digest);
        Optional<Instant> linkedAt = metadata.changedAt(key);
        if (linkedAt.isEmpty()) {
            // A directory that a crash has left without its link claims nothing; a link that comes now is told.
            return;
        }
        if (youth.isYoung(key, digest)) {
            keep(digest);
            return;
        }
        boolean gone = run.remove(List.of(new Garbage.BlobLink(repository, digest, linkedAt.get())), () -> {
            Lock lock = coordination.repositories().forDeleting(repository);
            lock.lock();
            try {
                mark.catchUp();
                boolean needed = mark.reaches(digest) || youth.isYoung(key, digest);
                boolean deleted = !needed && mark.complete() && metadata.discard(key);
                coordination.removals().incrementAndGet();
                return deleted;
            } finally {
                lock.unlock();
            }
        });
        if (!gone) {
            keep(digest);
        }
    }

    /** The bytes that a repository's blob is kept as: by its SHA-256, or by another digest than the one it was pushed by. */
    private void keep(Digest digest) throws IOException {
        live.add(digest);
        if (digest.algorithm() != DigestAlgorithm.SHA256) {
            links.get(Keys.layer(repository, digest)).ifPresent(live::add);
        }
    }
}
