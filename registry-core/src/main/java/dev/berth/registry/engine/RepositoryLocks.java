package dev.berth.registry.engine;

import dev.berth.registry.RepositoryName;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps deletes in a repository apart from what is being added to it meanwhile. Additions go on side by side. No lock is held
 * while a client sends or receives.
 */
final class RepositoryLocks {

    private static final int STRIPES = 64;

    private final ReadWriteLock[] stripes = new ReadWriteLock[STRIPES];

    RepositoryLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantReadWriteLock();
        }
    }

    Lock forAdding(RepositoryName repository) {
        return stripe(repository).readLock();
    }

    Lock forDeleting(RepositoryName repository) {
        return stripe(repository).writeLock();
    }

    private ReadWriteLock stripe(RepositoryName repository) {
        return stripes[Math.floorMod(repository.hashCode(), STRIPES)];
    }
}
