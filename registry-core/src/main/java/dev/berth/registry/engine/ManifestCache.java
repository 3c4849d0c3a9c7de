package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests that were read a moment ago. What has a digest never changes, so nothing here is ever out of date; whether a
 * repository has a manifest is not known here, and always looked up. Those that were not asked for the longest give way.
 */
final class ManifestCache {

    /** What the parsed form of a manifest takes beside its bytes, roughly. */
    private static final long OVERHEAD = 1024;

    private final long capacity;
    private final Map<Digest, Manifest> manifests = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;
    private long requests;
    private long hits;

    /** A cache for {@code capacity} bytes. */
    ManifestCache(long capacity) {
        this.capacity = capacity;
    }

    synchronized Optional<Manifest> find(Digest digest) {
        requests++;
        Manifest found = manifests.get(digest);
        if (found != null) {
            hits++;
        }
        return Optional.ofNullable(found);
    }

    synchronized CacheStatistics statistics() {
        return new CacheStatistics(requests, hits);
    }

    /** Remembers a manifest of the type that its own bytes give. One that would push out most others is not. */
    void add(Manifest manifest) {
        long added = weight(manifest);
        if (added > capacity / 4) {
            return;
        }
        synchronized (this) {
            if (manifests.putIfAbsent(manifest.digest(), manifest) == null) {
                weight += added;
                shrink();
            }
        }
    }

    /** Forgets a manifest whose bytes have turned out to be no more what they were. */
    synchronized void remove(Digest digest) {
        Manifest removed = manifests.remove(digest);
        if (removed != null) {
            weight -= weight(removed);
        }
    }

    private void shrink() {
        Iterator<Manifest> eldest = manifests.values().iterator();
        while (weight > capacity && eldest.hasNext()) {
            weight -= weight(eldest.next());
            eldest.remove();
        }
    }

    private static long weight(Manifest manifest) {
        // The fields that were read of it hold the digests and names in it once more.
        return 2 * manifest.descriptor().size() + OVERHEAD;
    }
}
