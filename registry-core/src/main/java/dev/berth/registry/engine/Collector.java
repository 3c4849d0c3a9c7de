package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.engine.CollectionProgress.Phase;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.KeptBlob;
import dev.berth.registry.storage.KeptUpload;
import dev.berth.registry.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/**
 * Removes from a storage what nobody needs, while pushes, mounts, pulls and deletes go on: manifests that no tag leads to, if it is
 * told to; a repository's claims to blobs that none of its manifests names; upload sessions that nobody goes on with; and at
 * last the bytes that no repository claims. What is young, or was asked for of late, stays: somebody may be about to need it.
 *
 * <pre>{@code
 * CollectionReport report = registry.collector(CollectionOptions.defaults()).collect();
 * }</pre>
 *
 * <p>It belongs to the one {@link StoredRegistry} that writes to the storage, which tells it what comes meanwhile; other processes
 * may read. One collection goes on at a time. It takes some 30 bytes of memory for each blob and manifest, and no lock for longer
 * than it takes to remove one thing. Safe for use by several threads.
 */
public final class Collector {

    private final BlobStore blobs;
    private final Storage storage;
    private final Coordination coordination;
    private final StoredManifests manifests;
    private final ManifestContent content;
    private final StoredTags tags;
    private final CollectionOptions options;

    Collector(
            Storage storage,
            Coordination coordination,
            StoredManifests manifests,
            ManifestContent content,
            StoredTags tags,
            CollectionOptions options) {
        this.blobs = storage.blobs();
        this.storage = storage;
        this.coordination = coordination;
        this.manifests = manifests;
        this.content = content;
        this.tags = tags;
        this.options = options;
    }

    /**
     * Removes the garbage there is.
     *
     * @throws IllegalStateException if another collection of the registry goes on
     * @throws IOException if the storage fails; what was removed until then was garbage
     */
    public CollectionReport collect() throws IOException {
        return collect(CollectionListener.none(), () -> false);
    }

    /**
     * Removes the garbage there is.
     *
     * @param listener is told how far it is, and of each thing, in the caller's thread
     * @param cancelled is asked now and then whether to end early, as an interrupt does too
     * @throws IllegalStateException if another collection of the registry goes on
     * @throws IOException if the storage fails; what was removed until then was garbage
     */
    public CollectionReport collect(CollectionListener listener, BooleanSupplier cancelled) throws IOException {
        return run(new CollectionRun(false, listener, cancelled));
    }

    /** Says what a collection would remove now, and removes nothing; else as {@link #collect(CollectionListener, BooleanSupplier)}. */
    public CollectionReport dryRun(CollectionListener listener, BooleanSupplier cancelled) throws IOException {
        return run(new CollectionRun(true, listener, cancelled));
    }

    /**
     * Removes the upload sessions that nobody goes on with, and nothing else: in a moment, and beside any collection.
     *
     * @param listener is told of each, in the caller's thread
     * @param cancelled is asked now and then whether to end early, as an interrupt does too
     * @param dryRun whether it only says which there are
     * @throws IOException if the storage fails; what was removed until then had been given up
     */
    public CollectionReport collectUploads(CollectionListener listener, BooleanSupplier cancelled, boolean dryRun)
            throws IOException {
        CollectionRun run = new CollectionRun(dryRun, listener, cancelled);
        try {
            collectUploads(run, coordination.clock().instant());
            run.begin(Phase.DONE);
            return run.report(false);
        } catch (CancellationException e) {
            return run.report(true);
        }
    }

    private void collectUploads(CollectionRun run, Instant now) throws IOException {
        run.begin(Phase.UPLOADS);
        Instant limit = now.minus(options.uploadAge());
        blobs.forEachUpload(upload -> collectUpload(upload, limit, run));
    }

    private CollectionReport run(CollectionRun run) throws IOException {
        DigestSet live = new DigestSet();
        // From here on, whatever is linked anywhere is live, whether its repository has been looked at or not.
        coordination.barrier().begin(live);
        try {
            return report(run, live);
        } finally {
            coordination.barrier().end();
        }
    }

    private CollectionReport report(CollectionRun run, DigestSet live) throws IOException {
        Instant now = coordination.clock().instant();
        Instant graceLimit = now.minus(options.gracePeriod());
        try {
            run.begin(Phase.REPOSITORIES);
            boolean allKnown = collectRepositories(run, live, now);
            run.begin(Phase.BLOBS);
            if (allKnown) {
                blobs.forEachBlob(blob -> collectBlob(blob, live, graceLimit, run));
            }
            collectUploads(run, now);
            if (!run.dryRun()) {
                storage.tidy();
            }
            run.begin(Phase.DONE);
            return run.report(false);
        } catch (CancellationException e) {
            return run.report(true);
        }
    }

    /** Returns whether all that is claimed in the storage is live now; if not, no bytes may go. */
    private boolean collectRepositories(CollectionRun run, DigestSet live, Instant now) throws IOException {
        boolean[] allKnown = {true};
        RepositoryWalk.over(
                storage.metadata(),
                repository -> {
                    new RepositoryCollection(
                                    repository,
                                    storage.metadata(),
                                    coordination,
                                    manifests,
                                    content,
                                    tags,
                                    options,
                                    now,
                                    live,
                                    run)
                            .collect();
                    run.repositoryDone();
                },
                path -> {
                    allKnown[0] = false;
                    run.obstacle("No bytes are removed, because nobody knows what " + path
                            + " needs, which is no name of a repository: move it out of the storage");
                });
        return allKnown[0];
    }

    private void collectBlob(KeptBlob blob, DigestSet live, Instant limit, CollectionRun run) throws IOException {
        run.blobSeen();
        if (isNeeded(blob.digest(), live, limit) || blob.changedAt().isAfter(limit)) {
            return;
        }
        run.remove(List.of(new Garbage.UnusedBlob(blob.digest(), blob.size(), blob.changedAt())), () -> {
            Lock lock = coordination.blobs().forDeleting(blob.digest());
            lock.lock();
            try {
                // Whoever has claimed it since has done so, and told, with the other side of this lock.
                return !isNeeded(blob.digest(), live, limit) && blobs.delete(blob.digest());
            } finally {
                lock.unlock();
            }
        });
    }

    private boolean isNeeded(Digest digest, DigestSet live, Instant limit) {
        return live.contains(digest) || coordination.recent().since(digest, limit);
    }

    private void collectUpload(KeptUpload upload, Instant limit, CollectionRun run) throws IOException {
        run.step();
        if (!upload.changedAt().isAfter(limit)) {
            run.remove(
                    List.of(new Garbage.AbandonedUpload(
                            upload.repository(), upload.id(), upload.size(), upload.changedAt())),
                    () -> {
                        boolean expired = blobs.expire(upload.repository(), upload.id(), limit);
                        coordination.removals().incrementAndGet();
                        return expired;
                    });
        }
    }
}
