package dev.berth.registry.engine;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Follows what a repository has to what it needs. Whatever is found missing is looked for again, after another look at what needs
 * it: both may have gone meanwhile, that which needs first.
 */
final class RepositoryVerification {

    private final BlobStore blobs;
    private final MetadataStore metadata;
    private final VerificationOptions options;
    private final VerificationRun run;

    RepositoryVerification(BlobStore blobs, MetadataStore metadata, VerificationOptions options, VerificationRun run) {
        this.blobs = blobs;
        this.metadata = metadata;
        this.options = options;
        this.run = run;
    }

    void verify(RepositoryName repository) throws IOException {
        Digests.inKeys(metadata, Keys.layers(repository), digest -> target(Keys.layer(repository, digest)));
        Digests.inKeys(metadata, Keys.revisions(repository), digest -> verifyManifest(repository, digest));
        Segments segments = new Segments(metadata, Keys.tags(repository), Optional.empty());
        for (Optional<String> name = segments.next(); name.isPresent(); name = segments.next()) {
            Optional<Tag> tag = tag(name.get());
            if (tag.isPresent()) {
                verifyTag(repository, tag.get());
            }
        }
        run.repositoryDone();
    }

    private void verifyTag(RepositoryName repository, Tag tag) throws IOException {
        String key = Keys.tagCurrent(repository, tag);
        Optional<Digest> target = target(key);
        if (target.isPresent()
                && !metadata.contains(Keys.revision(repository, target.get()))
                && target(key).equals(target)
                && !metadata.contains(Keys.revision(repository, target.get()))) {
            run.damage(new Damage.DanglingTag(repository, tag, target.get()));
        }
        run.tagDone();
    }

    private void verifyManifest(RepositoryName repository, Digest digest) throws IOException {
        String key = Keys.revision(repository, digest);
        if (!metadata.contains(key)) {
            // A directory that is left of one.
            return;
        }
        target(key);
        try {
            Optional<byte[]> bytes = bytes(digest);
            if (bytes.isPresent()) {
                verifyReferences(repository, Manifest.of(bytes.get(), Optional.empty(), digest));
            } else if (metadata.contains(key) && blobs.size(digest).isEmpty()) {
                run.damage(new Damage.MissingManifest(repository, digest));
            }
        } catch (RegistryException | IOException e) {
            if (metadata.contains(key)) {
                run.damage(new Damage.BrokenManifest(repository, digest, String.valueOf(e.getMessage())));
            }
        }
        run.manifestDone();
    }

    private Optional<byte[]> bytes(Digest digest) throws IOException {
        Optional<BlobContent> found = blobs.open(digest);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (BlobContent content = found.get()) {
            return Optional.of(ManifestContent.readAll(content, digest));
        }
    }

    private void verifyReferences(RepositoryName repository, Manifest manifest) throws IOException {
        for (Descriptor blob : manifest.requiredBlobs()) {
            verifyReference(repository, manifest, blob, Optional.empty());
        }
        for (Descriptor child : manifest.manifests()) {
            verifyReference(repository, manifest, child, Optional.of(Keys.revision(repository, child.digest())));
        }
    }

    /** @param revision where the reference is linked if it is a manifest; it may be a blob as well */
    private void verifyReference(
            RepositoryName repository, Manifest manifest, Descriptor reference, Optional<String> revision)
            throws IOException {
        OptionalLong size = size(repository, reference.digest(), revision);
        if (size.isEmpty()) {
            boolean needed = metadata.contains(Keys.revision(repository, manifest.digest()));
            if (needed
                    && !(revision.isPresent() && options.sparseIndexes())
                    && size(repository, reference.digest(), revision).isEmpty()) {
                run.damage(new Damage.MissingReference(repository, manifest.digest(), reference));
            }
        } else if (run.isDamaged(reference.digest())) {
            run.damage(new Damage.DamagedReference(repository, manifest.digest(), reference));
        } else if (size.getAsLong() != reference.size()) {
            run.damage(new Damage.WrongSize(repository, manifest.digest(), reference, size.getAsLong()));
        }
    }

    private OptionalLong size(RepositoryName repository, Digest digest, Optional<String> revision) throws IOException {
        if (revision.isPresent() && metadata.contains(revision.get())) {
            return blobs.size(digest);
        }
        Optional<Digest> target = parse(metadata.get(Keys.layer(repository, digest)));
        return target.isPresent() ? blobs.size(target.get()) : OptionalLong.empty();
    }

    /** What a link points to; one that is there and points nowhere is damage. */
    private Optional<Digest> target(String key) throws IOException {
        Optional<byte[]> value = metadata.get(key);
        Optional<Digest> target = parse(value);
        if (value.isPresent() && target.isEmpty()) {
            run.damage(new Damage.BrokenLink(key));
        }
        return target;
    }

    private static Optional<Digest> parse(Optional<byte[]> value) {
        try {
            return value.map(bytes -> Digest.parse(new String(bytes, StandardCharsets.US_ASCII).trim()));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private static Optional<Tag> tag(String segment) {
        try {
            return Optional.of(new Tag(segment));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }
}
