package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds a manifest's references against what its repository has. */
final class References {

    /** Enough to see what is wrong with a push; an answer that lists a million missing layers helps nobody. */
    private static final int MOST_ERRORS = 20;

    private final ReferenceCheck check;
    private final StoredBlobs blobs;
    private final ManifestContent manifests;

    References(ReferenceCheck check, StoredBlobs blobs, ManifestContent manifests) {
        this.check = check;
        this.blobs = blobs;
        this.manifests = manifests;
    }

    void requireAll(RepositoryName repository, Manifest manifest) throws IOException {
        List<RegistryError> missing = new ArrayList<>();
        if (check != ReferenceCheck.NONE) {
            for (Descriptor blob : manifest.requiredBlobs()) {
                if (missing.size() < MOST_ERRORS
                        && blobs.find(repository, blob.digest()).isEmpty()) {
                    missing.add(missing("blob", blob, "push it first"));
                }
            }
        }
        if (check == ReferenceCheck.ALL) {
            for (Descriptor child : manifest.manifests()) {
                if (missing.size() < MOST_ERRORS && !containsEither(repository, child.digest())) {
                    missing.add(missing("manifest", child, "push it by its digest first"));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new RegistryException(ErrorCode.MANIFEST_BLOB_UNKNOWN.status(), missing);
        }
    }

    /** Build caches are indexes whose entries are layers, so an entry may be a manifest or a blob. */
    private boolean containsEither(RepositoryName repository, Digest digest) throws IOException {
        return manifests.contains(repository, digest)
                || blobs.find(repository, digest).isPresent();
    }

    private static RegistryError missing(String kind, Descriptor descriptor, String remedy) {
        return new RegistryError(
                ErrorCode.MANIFEST_BLOB_UNKNOWN,
                "the manifest refers to the " + kind + " " + descriptor.digest() + " (" + descriptor.mediaType()
                        + "), which the repository does not have: " + remedy,
                Map.of("digest", descriptor.digest().toString()));
    }
}
