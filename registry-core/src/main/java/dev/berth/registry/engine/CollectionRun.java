package dev.berth.registry.engine;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.CollectionProgress.Phase;
import dev.berth.registry.engine.CollectionReport.Share;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** One collection from its beginning to its end: how far it is, what it has found, and whether it removes it. */
final class CollectionRun {

    private static final int MOST_OBSTACLES = 100;
    private static final int STEPS_BETWEEN_REPORTS = 500;

    private final boolean dryRun;
    private final CollectionListener listener;
    private final BooleanSupplier cancelled;
    private final SortedMap<RepositoryName, Share> shares = new TreeMap<>();
    private final List<String> obstacles = new ArrayList<>();
    private Phase phase = Phase.REPOSITORIES;
    private long steps;
    private long repositories;
    private long manifests;
    private long blobs;
    private long garbage;
    private long bytes;
    private long removedBlobs;
    private long removedBlobBytes;

    CollectionRun(boolean dryRun, CollectionListener listener, BooleanSupplier cancelled) {
        this.dryRun = dryRun;
        this.listener = listener;
        this.cancelled = cancelled;
    }

    boolean dryRun() {
        return dryRun;
    }

    /** What removes something, unless it has turned out to be needed. */
    interface Removal {
        boolean run() throws IOException;
    }

    /** Removes what goes at once, or says that it would. Returns whether it is garbage. */
    boolean remove(List<Garbage> found, Removal removal) throws IOException {
        if (!dryRun && !removal.run()) {
            return false;
        }
        for (Garbage garbage : found) {
            count(garbage);
            listener.collected(garbage);
        }
        return true;
    }

    private void count(Garbage found) {
        garbage++;
        bytes += found.bytes();
        if (found instanceof Garbage.UnusedBlob) {
            removedBlobs++;
            removedBlobBytes += found.bytes();
        }
        found.place().ifPresent(repository -> shares.merge(repository, share(found), Share::plus));
    }

    private static Share share(Garbage found) {
        return new Share(
                found instanceof Garbage.UntaggedManifest ? 1 : 0,
                found instanceof Garbage.BlobLink ? 1 : 0,
                found instanceof Garbage.AbandonedUpload ? 1 : 0,
                found instanceof Garbage.AbandonedUpload ? found.bytes() : 0);
    }

    /** Something could not be looked at. */
    void obstacle(String message) {
        if (obstacles.size() < MOST_OBSTACLES) {
            obstacles.add(message);
        }
    }

    void begin(Phase next) {
        phase = next;
        listener.progress(progress());
    }

    void repositoryDone() {
        repositories++;
        step();
    }

    void manifestRead() {
        manifests++;
        step();
    }

    void blobSeen() {
        blobs++;
        step();
    }

    /** @throws CancellationException if somebody wants the collection to end */
    void step() {
        if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The collection was cancelled");
        }
        if (++steps % STEPS_BETWEEN_REPORTS == 0) {
            listener.progress(progress());
        }
    }

    private CollectionProgress progress() {
        return new CollectionProgress(phase, repositories, manifests, blobs, garbage, bytes);
    }

    CollectionReport report(boolean endedEarly) {
        return new CollectionReport(dryRun, endedEarly, shares, removedBlobs, removedBlobBytes, obstacles);
    }
}
