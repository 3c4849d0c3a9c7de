package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Page;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
    private final Optional<Instant> untaggedLimit;
    private final Instant graceLimit;
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
        this.graceLimit = now.minus(options.gracePeriod());
        this.untaggedLimit = options.untaggedAge().map(age -> now.minus(longer(age, options.gracePeriod())));
        this.live = live;
        this.run = run;
        this.mark = new RepositoryMark(
                repository,
                content,
                untaggedLimit.isPresent(),
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
        if (!mark.complete()) {
            keepAll();
            return;
        }
        if (untaggedLimit.isPresent()) {
            Digests.inKeys(
                    metadata, Keys.revisions(repository), digest -> collectManifest(digest, untaggedLimit.get()));
        }
        Digests.inKeys(metadata, Keys.layers(repository), this::collectLink);
    }

    private void markRoots() throws IOException {
        if (untaggedLimit.isEmpty()) {
            Digests.inKeys(metadata, Keys.revisions(repository), mark::root);
            return;
        }
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
            if (isYoung(Keys.revision(repository, digest), digest, untaggedLimit.get())) {
                mark.root(digest);
            }
        });
        markReferrers();
    }

    /** What refers to a manifest that stays, stays; and what refers to that. */
    private void markReferrers() throws IOException {
        boolean[] found = {true};
        while (found[0]) {
            found[0] = false;
            Digests.inKeys(metadata, Keys.revisions(repository), digest -> {
                if (!mark.reaches(digest) && refersToWhatStays(digest)) {
                    mark.root(digest);
                    found[0] = true;
                }
            });
        }
    }

    private boolean refersToWhatStays(Digest digest) throws IOException {
        return mark.read(digest)
                .flatMap(Manifest::subject)
                .map(Descriptor::digest)
                .filter(mark::reaches)
                .isPresent();
    }

    /** Nobody knows what is needed, so everything is. */
    private void keepAll() throws IOException {
        Digests.inKeys(metadata, Keys.revisions(repository), live::add);
        Digests.inKeys(metadata, Keys.layers(repository), this::keep);
    }

    private void collectManifest(Digest digest, Instant limit) throws IOException {
        run.step();
        String key = Keys.revision(repository, digest);
        Optional<Instant> pushedAt = metadata.changedAt(key);
        if (mark.reaches(digest) || pushedAt.isEmpty()) {
            return;
        }
        boolean gone = run.remove(new Garbage.UntaggedManifest(repository, digest, pushedAt.get()), () -> {
            Lock lock = coordination.repositories().forDeleting(repository);
            lock.lock();
            try {
                // What was pushed or asked for since then is known now, and no more can come: no tag leads to it
                // either, or it
                // would be reached.
                mark.catchUp();
                boolean needed = mark.reaches(digest) || isYoung(key, digest, limit) || refersToWhatStays(digest);
                return !needed && mark.complete() && manifests.deleteUntagged(repository, digest);
            } finally {
                lock.unlock();
            }
        });
        if (!gone) {
            mark.root(digest);
        }
    }

    private void collectLink(Digest digest) throws IOException {
        run.step();
        String key = Keys.layer(repository, digest);
        Optional<Instant> linkedAt = metadata.changedAt(key);
        if (mark.reaches(digest) || linkedAt.isEmpty() || isYoung(key, digest, graceLimit)) {
            keep(digest);
            return;
        }
        boolean gone = run.remove(new Garbage.BlobLink(repository, digest, linkedAt.get()), () -> {
            Lock lock = coordination.repositories().forDeleting(repository);
            lock.lock();
            try {
                mark.catchUp();
                boolean needed = mark.reaches(digest) || isYoung(key, digest, graceLimit);
                boolean deleted = !needed && mark.complete() && metadata.delete(key);
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

    /** The bytes that a repository's blob is kept as, which may be under the digest of another algorithm. */
    private void keep(Digest digest) throws IOException {
        live.add(digest);
        links.get(Keys.layer(repository, digest)).ifPresent(live::add);
    }

    private boolean isYoung(String key, Digest digest, Instant limit) throws IOException {
        return coordination.recent().since(digest, limit)
                || metadata.changedAt(key).filter(time -> time.isAfter(limit)).isPresent();
    }
}
