package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts the referrers of a repository together where somebody else, who does not know of referrers, has written to it. It is
 * looked at once in the life of a registry, when its referrers are first asked for. What was seen then is remembered in the
 * storage as a count and a sum over the manifests' digests, so that a repository that has not changed costs one listing.
 */
final class ReferrersRepair {

    private final MetadataStore metadata;
    private final ManifestContent manifests;
    private final StoredReferrers referrers;
    private final Set<RepositoryName> done = ConcurrentHashMap.newKeySet();

    ReferrersRepair(MetadataStore metadata, ManifestContent manifests, StoredReferrers referrers) {
        this.metadata = metadata;
        this.manifests = manifests;
        this.referrers = referrers;
    }

    void once(RepositoryName repository) throws IOException {
        if (done.contains(repository)) {
            return;
        }
        byte[] state = state(repository).getBytes(StandardCharsets.US_ASCII);
        String key = Keys.referrersState(repository);
        Optional<byte[]> seen = metadata.get(key);
        if (seen.isEmpty()
                || !new String(seen.get(), StandardCharsets.US_ASCII)
                        .equals(new String(state, StandardCharsets.US_ASCII))) {
            forEach(repository, digest -> {
                Optional<Manifest> manifest = manifests.find(repository, digest);
                if (manifest.isPresent()) {
                    referrers.add(repository, manifest.get());
                }
            });
            metadata.put(key, state);
        }
        done.add(repository);
    }

    private String state(RepositoryName repository) throws IOException {
        long[] countAndSum = new long[2];
        forEach(repository, digest -> {
            countAndSum[0]++;
            countAndSum[1] += Long.parseUnsignedLong(digest.hex().substring(0, 16), 16);
        });
        return countAndSum[0] + ":" + Long.toHexString(countAndSum[1]);
    }

    private void forEach(RepositoryName repository, Action action) throws IOException {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            Segments segments = new Segments(metadata, Keys.revisions(repository, algorithm), Optional.empty());
            for (Optional<String> hex = segments.next(); hex.isPresent(); hex = segments.next()) {
                action.accept(new Digest(algorithm, hex.get()));
            }
        }
    }

    private interface Action {
        void accept(Digest digest) throws IOException;
    }
}
