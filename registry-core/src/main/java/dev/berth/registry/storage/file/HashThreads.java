package dev.berth.registry.storage.file;

import java.util.concurrent.Semaphore;

/** The threads that hash what is uploaded to a storage while others write it: fewer than there are processors. */
final class HashThreads {

    private final SpareThreads threads;
    private final Semaphore places;

    HashThreads(int most) {
        // An executor has to have one, which is never used where there is no place.
        this.threads = new SpareThreads("berth-hash", Math.max(most, 1));
        this.places = new Semaphore(most);
    }

    /** As many as help on this machine. */
    static HashThreads here() {
        return new HashThreads(Math.min(8, Runtime.getRuntime().availableProcessors() - 1));
    }

    /**
     * Keeps a thread for an upload, until {@link #giveBack}. Where more uploads than these go on the processors have enough to do without
     * handing work over.
     */
    boolean take() {
        return places.tryAcquire();
    }

    void giveBack() {
        places.release();
    }

    /** Runs {@code task} for an upload that has taken a thread. Returns false if there is none after all, as at the end. */
    boolean run(Runnable task) {
        return threads.offer(task);
    }

    /** Nothing more is hashed by other threads than whoever brings it. */
    void close() {
        threads.close();
    }
}
