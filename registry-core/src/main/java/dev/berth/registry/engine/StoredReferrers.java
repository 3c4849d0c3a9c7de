package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Page;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which manifests have which subject: one fact for each pair, beside what Docker's registry knows of. */
final class StoredReferrers {

    /** A page is cut where its annotations get too long for one answer. */
    private static final long PAGE_BYTES = 4L << 20;

    private final MetadataStore metadata;
    private final ManifestContent manifests;
    private final ReferrersRepair repair;

    StoredReferrers(MetadataStore metadata, ManifestContent manifests) {
        this.metadata = metadata;
        this.manifests = manifests;
        this.repair = new ReferrersRepair(metadata, manifests, this);
    }

    void add(RepositoryName repository, Manifest manifest) throws IOException {
        if (manifest.subject().isPresent()) {
            String type = manifest.descriptor().artifactType().orElse("");
            metadata.put(key(repository, manifest), type.getBytes(StandardCharsets.UTF_8));
        }
    }

    void remove(RepositoryName repository, Manifest manifest) throws IOException {
        if (manifest.subject().isPresent()) {
            metadata.delete(key(repository, manifest));
        }
    }

    private static String key(RepositoryName repository, Manifest manifest) {
        Digest subject = manifest.subject().orElseThrow().digest();
        return Keys.referrer(repository, subject, manifest.digest());
    }

    Page<Descriptor> list(
            RepositoryName repository, Digest subject, Optional<String> artifactType, Optional<Digest> after, int limit)
            throws IOException {
        repair.once(repository);
        List<Descriptor> page = new ArrayList<>();
        long bytes = 0;
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            if (after.isPresent() && after.get().algorithm().compareTo(algorithm) > 0) {
                continue;
            }
            Optional<String> afterHex =
                    after.filter(d -> d.algorithm() == algorithm).map(Digest::hex);
            String parent = Keys.referrers(repository, subject, algorithm);
            Segments segments = new Segments(metadata, parent, afterHex, limit + 1);
            for (Optional<String> hex = segments.next(); hex.isPresent(); hex = segments.next()) {
                Digest digest = new Digest(algorithm, hex.get());
                Optional<Descriptor> referrer = referrer(repository, parent, digest, artifactType);
                if (referrer.isPresent()) {
                    bytes += size(referrer.get());
                    if (page.size() == limit || (bytes > PAGE_BYTES && !page.isEmpty())) {
                        return new Page<>(page, true);
                    }
                    page.add(referrer.get());
                }
            }
        }
        return new Page<>(page, false);
    }

    private Optional<Descriptor> referrer(
            RepositoryName repository, String parent, Digest digest, Optional<String> artifactType) throws IOException {
        if (artifactType.isPresent()) {
            Optional<byte[]> type = metadata.get(parent + "/" + digest.hex() + "/type");
            boolean wanted =
                    type.isPresent() && artifactType.get().equals(new String(type.get(), StandardCharsets.UTF_8));
            if (!wanted) {
                return Optional.empty();
            }
        }
        return manifests.find(repository, digest).map(Manifest::descriptor);
    }

    private static long size(Descriptor descriptor) {
        long bytes = 200;
        for (Map.Entry<String, String> entry : descriptor.annotations().entrySet()) {
            bytes += entry.getKey().length() + entry.getValue().length() + 8L;
        }
        return bytes;
    }
}
