package dev.berth.registry.storage.file;

import dev.berth.registry.recent.RecentlyUsed;
import dev.berth.registry.storage.file.FactChanges.Point;
import java.io.IOException;
import java.util.Optional;

/**
 * Says whether facts are there. Who is alone in writing does not look each time for one that is {@link Freshness wanted all the time}. Safe
 * for use by several threads.
 */
final class FoundFacts {

    /** How many are remembered: a megabyte. */
    private static final int REMEMBERED = 8_192;

    private final SeenBefore seen = new SeenBefore();
    private final RecentlyUsed<String, Freshness> found = new RecentlyUsed<>(REMEMBERED);
    private final FileLayout layout;
    private final FactChanges changes;

    FoundFacts(FileLayout layout, FactChanges changes) {
        this.layout = layout;
        this.changes = changes;
    }

    boolean contains(String key) throws IOException {
        if (!changes.areAll()) {
            return AtomicFiles.exists(layout.factFile(key));
        }
        Optional<Freshness> freshness = found.get(key);
        Point now = changes.now(key);
        if (freshness.isPresent() && freshness.get().lasts(now)) {
            return true;
        }
        boolean there = AtomicFiles.exists(layout.factFile(key));
        if (there && freshness.isPresent()) {
            freshness.get().looked(now);
        } else if (there && seen.before(key)) {
            found.put(key, new Freshness(now));
        }
        return there;
    }
}
