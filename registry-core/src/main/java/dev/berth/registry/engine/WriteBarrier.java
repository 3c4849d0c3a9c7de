package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What those who write tell a collection that goes on at the same time, so that it does not miss what came into places where
 * it has looked already.
 *
 * <p>Whoever writes does so first and tells afterwards, both with the lock held that a delete would need. If nobody was
 * listening then, the collection began later and finds what was written; if somebody was, the delete, which comes after the
 * lock is released, finds what was told.
 */
final class WriteBarrier {

    private volatile @Nullable DigestSet live;
    private volatile @Nullable Additions additions;
    private final List<Additions> others = new CopyOnWriteArrayList<>();

    /** The manifests that have come into a repository since it was first looked at. */
    record Additions(RepositoryName repository, Queue<Digest> manifests) {}

    /**
     * Begins to listen.
     *
     * @param live takes in what is linked from now on
     * @throws IllegalStateException if another collection goes on
     */
    synchronized void begin(DigestSet live) {
        if (this.live != null) {
            throw new IllegalStateException(
                    "A collection of this registry goes on already: wait for its end, or cancel it");
        }
        this.live = live;
    }

    synchronized void end() {
        live = null;
        additions = null;
    }

    boolean collecting() {
        return live != null;
    }

    /** Begins to listen to one repository, and to no other. */
    Additions watch(RepositoryName repository) {
        Additions watched = new Additions(repository, new ConcurrentLinkedQueue<>());
        additions = watched;
        return watched;
    }

    /** Begins to listen to one repository, beside any collection, until {@link #unwatch}. */
    Additions watchBeside(RepositoryName repository) {
        Additions watched = new Additions(repository, new ConcurrentLinkedQueue<>());
        others.add(watched);
        return watched;
    }

    void unwatch(Additions watched) {
        others.remove(watched);
    }

    /** A link to a blob has been written. */
    void linked(Digest target) {
        DigestSet listener = live;
        if (listener != null) {
            listener.add(target);
        }
    }

    /** A manifest has been put into a repository, with tags or without. */
    void manifestPut(RepositoryName repository, Digest digest) {
        linked(digest);
        tell(additions, repository, digest);
        for (Additions listener : others) {
            tell(listener, repository, digest);
        }
    }

    private static void tell(@Nullable Additions listener, RepositoryName repository, Digest digest) {
        if (listener != null && listener.repository().equals(repository)) {
            listener.manifests().add(digest);
        }
    }
}
