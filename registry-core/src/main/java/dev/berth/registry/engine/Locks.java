package dev.berth.registry.engine;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps deletes of something, or in something, apart from what is being added to it meanwhile. Additions go on side by side.
 * No lock is held while a client sends or receives.
 *
 * @param <K> what is locked: a repository, or a blob by its digest. Several may share one lock
 */
final class Locks<K> {

    private static final int STRIPES = 64;

    private final ReadWriteLock[] stripes = new ReadWriteLock[STRIPES];

    Locks() {
        for (int i = 0; i < STRIPES; i++) {
            // Fair, or a collector that removes one thing after the other would have it again before anybody else wakes
            // up.
            stripes[i] = new ReentrantReadWriteLock(true);
        }
    }

    Lock forAdding(K key) {
        return stripe(key).readLock();
    }

    Lock forDeleting(K key) {
        return stripe(key).writeLock();
    }

    private ReadWriteLock stripe(K key) {
        return stripes[Math.floorMod(key.hashCode(), STRIPES)];
    }
}
