package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.retention.RepositoryFacts.ManifestFact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which manifests can be deleted so that none is ever there without what it names. */
final class ManifestOrder {

    private ManifestOrder() {}

    /** Those of {@code manifests} that are {@code going}, each before what it names. */
    static List<ManifestFact> namingFirst(List<ManifestFact> manifests, Set<Digest> going) {
        Map<Digest, ManifestFact> byDigest = new HashMap<>();
        Map<Digest, Integer> namedBy = new HashMap<>();
        for (ManifestFact manifest : manifests) {
            if (going.contains(manifest.digest())) {
                byDigest.put(manifest.digest(), manifest);
                manifest.names().forEach(named -> namedBy.merge(named, 1, Integer::sum));
            }
        }
        Deque<ManifestFact> next = new ArrayDeque<>();
        byDigest.values().stream()
                .filter(manifest -> !namedBy.containsKey(manifest.digest()))
                .forEach(next::add);
        List<ManifestFact> ordered = new ArrayList<>(byDigest.size());
        while (!next.isEmpty()) {
            ManifestFact manifest = next.remove();
            ordered.add(manifest);
            for (Digest named : manifest.names()) {
                ManifestFact found = byDigest.get(named);
                if (namedBy.merge(named, -1, Integer::sum) == 0 && found != null) {
                    next.add(found);
                }
            }
        }
        // No manifest can name one that names it: the digest of each depends on the other's.
        return ordered;
    }
}
