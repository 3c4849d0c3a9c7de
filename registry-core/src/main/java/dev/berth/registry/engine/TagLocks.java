package dev.berth.registry.engine;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets pushes that move the same tag take turns, so that what a tag pointed to before is known when it moves. Deletes need
 * none of these: nothing is pushed to a repository while they last.
 */
final class TagLocks {

    private static final int STRIPES = 256;

    private final Lock[] stripes = new Lock[STRIPES];

    TagLocks() {
        Arrays.setAll(stripes, i -> new ReentrantLock());
    }

    /** Locks all these tags, always in the same order, so that two pushes never wait for each other. */
    List<Lock> lock(RepositoryName repository, List<Tag> tags) {
        int[] indexes = tags.stream()
                .mapToInt(tag -> Math.floorMod(31 * repository.hashCode() + tag.hashCode(), STRIPES))
                .sorted()
                .distinct()
                .toArray();
        List<Lock> held = new ArrayList<>(indexes.length);
        for (int index : indexes) {
            stripes[index].lock();
            held.add(stripes[index]);
        }
        return held;
    }

    static void unlock(List<Lock> held) {
        held.forEach(Lock::unlock);
    }
}
