package dev.berth.registry.storage.file;

/** What was seen of late, by its hash: forgets much, and takes one thing for another now and then. Safe for use by several threads. */
final class SeenBefore {

    /** A power of two. */
    private static final int REMEMBERED = 4096;

    private final int[] latest = new int[REMEMBERED];

    /** Whether something was seen a while ago already; it has been seen from now on. */
    synchronized boolean before(Object thing) {
        int hash = thing.hashCode();
        int place = (hash ^ hash >>> 16) & (REMEMBERED - 1);
        boolean before = latest[place] == hash;
        latest[place] = hash;
        return before;
    }
}
