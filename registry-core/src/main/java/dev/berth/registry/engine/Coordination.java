package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;

/**
 * What a registry and its collectors share. Where both locks are needed, that of the blob is taken first.
 *
 * @param repositories keeps deletes in a repository apart from additions
 * @param blobs keeps the delete of a blob apart from what makes links to it. Held for as long as it takes to commit an upload,
 *     so that whoever deletes does not wait for it
 * @param removals grows whenever something has been removed
 */
record Coordination(
        Locks<RepositoryName> repositories,
        Locks<Digest> blobs,
        WriteBarrier barrier,
        RecentRequests recent,
        AtomicLong removals,
        Clock clock) {

    static Coordination with(Clock clock) {
        return new Coordination(
                new Locks<>(), new Locks<>(), new WriteBarrier(), new RecentRequests(clock), new AtomicLong(), clock);
    }

    /** Looks for content, and has collectors spare for a while what is found. */
    <T> T relyingOn(RepositoryName repository, Digest digest, Look<T> look) throws IOException {
        recent.note(digest);
        if (!barrier.collecting()) {
            return look.run();
        }
        // A collector that has asked before the note was made is done with it when the lock is had.
        Lock lock = repositories.forAdding(repository);
        lock.lock();
        try {
            return look.run();
        } finally {
            lock.unlock();
        }
    }

    interface Look<T> {
        T run() throws IOException;
    }
}
