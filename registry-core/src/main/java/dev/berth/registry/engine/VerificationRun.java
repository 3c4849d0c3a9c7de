package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.engine.VerificationProgress.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** One verification from its beginning to its end: how far it is, and what it has found. */
final class VerificationRun {

    private static final int MOST_FOUND = 1000;
    private static final long STEPS_BETWEEN_REPORTS = 200;

    private final VerificationListener listener;
    private final BooleanSupplier cancelled;
    private final List<Damage> found = new ArrayList<>();
    private final DigestSet damaged = new DigestSet();
    private Phase phase = Phase.COUNTING;
    private long steps;
    private long damages;
    private long blobs;
    private long allBlobs;
    private long bytes;
    private long allBytes;
    private long repositories;
    private long allRepositories;
    private long manifests;
    private long tags;

    VerificationRun(VerificationListener listener, BooleanSupplier cancelled) {
        this.listener = listener;
        this.cancelled = cancelled;
    }

    void damage(Damage damage) {
        damages++;
        if (found.size() < MOST_FOUND) {
            found.add(damage);
        }
        listener.damaged(damage);
    }

    /** The bytes of a blob are not to be relied on; whoever needs it is to be told later. */
    void damage(Digest digest, Damage damage) {
        damaged.add(digest);
        damage(damage);
    }

    boolean isDamaged(Digest digest) {
        return damaged.contains(digest);
    }

    void begin(Phase next) {
        phase = next;
        listener.progress(progress());
    }

    void blobCounted(long size) {
        allBlobs++;
        allBytes += size;
        step();
    }

    void repositoryCounted() {
        allRepositories++;
        step();
    }

    void bytesRead(long count) {
        bytes += count;
        step();
    }

    void blobDone() {
        blobs++;
        step();
    }

    void manifestDone() {
        manifests++;
        step();
    }

    void tagDone() {
        tags++;
        step();
    }

    void repositoryDone() {
        repositories++;
        step();
    }

    /** @throws CancellationException if somebody wants the verification to end */
    private void step() {
        if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The verification was cancelled");
        }
        if (++steps % STEPS_BETWEEN_REPORTS == 0) {
            listener.progress(progress());
        }
    }

    private VerificationProgress progress() {
        return new VerificationProgress(
                phase, blobs, allBlobs, bytes, allBytes, repositories, allRepositories, damages);
    }

    VerificationReport report(boolean endedEarly) {
        return new VerificationReport(endedEarly, blobs, bytes, repositories, manifests, tags, damages, found);
    }
}
