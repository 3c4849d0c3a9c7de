package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Reference;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagChange;
import dev.berth.registry.TagWatch;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/** Manifests as repositories see them, with what hangs on them: tags and the list of their subject's referrers. */
final class StoredManifests {

    private final BlobStore blobs;
    private final MetadataStore metadata;
    private final Links links;
    private final StoredTags tags;
    private final StoredReferrers referrers;
    private final ManifestContent content;
    private final References references;
    private final Coordination coordination;
    private final LastUses uses;
    private final TagLocks tagLocks = new TagLocks();

    StoredManifests(
            BlobStore blobs,
            MetadataStore metadata,
            Links links,
            StoredTags tags,
            StoredReferrers referrers,
            ManifestContent content,
            References references,
            Coordination coordination,
            LastUses uses) {
        this.blobs = blobs;
        this.metadata = metadata;
        this.links = links;
        this.tags = tags;
        this.referrers = referrers;
        this.content = content;
        this.references = references;
        this.coordination = coordination;
        this.uses = uses;
    }

    Optional<Manifest> find(RepositoryName repository, Reference reference) throws IOException {
        Optional<Digest> digest =
                reference instanceof Tag tag ? tags.find(repository, tag) : Optional.of((Digest) reference);
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        Optional<Manifest> manifest =
                coordination.relyingOn(repository, digest.get(), () -> content.find(repository, digest.get()));
        if (manifest.isPresent()) {
            uses.pulled(repository, reference, digest.get());
        }
        return manifest;
    }

    void put(RepositoryName repository, Manifest manifest, List<Tag> newTags, TagWatch watch) throws IOException {
        if (manifest.isSchema1()) {
            throw new RegistryException(
                    ErrorCode.MANIFEST_INVALID,
                    "Docker's image manifest version 2 schema 1 is not accepted: it has been obsolete since 2017;"
                            + " pull the image with a current client and push it again, or copy it with"
                            + " skopeo copy --format v2s2 (or --format oci)");
        }
        coordination.recent().note(manifest.digest());
        Lock blobLock = coordination.blobs().forAdding(manifest.digest());
        Lock lock = coordination.repositories().forAdding(repository);
        blobLock.lock();
        lock.lock();
        try {
            references.requireAll(repository, manifest);
            List<Lock> held = tagLocks.lock(repository, newTags);
            try {
                List<TagChange> changes = changes(repository, newTags, Optional.of(manifest.digest()), watch);
                write(repository, manifest);
                for (TagChange change : changes) {
                    tags.put(repository, change.tag(), manifest.digest());
                    uses.changed(change);
                    watch.after(change);
                }
            } finally {
                TagLocks.unlock(held);
            }
        } finally {
            coordination.barrier().manifestPut(repository, manifest.digest());
            lock.unlock();
            blobLock.unlock();
        }
    }

    /** What becomes of tags, if nobody objects. The caller has seen to it that they stay as they are meanwhile. */
    private List<TagChange> changes(RepositoryName repository, List<Tag> changing, Optional<Digest> to, TagWatch watch)
            throws IOException {
        List<TagChange> changes = new ArrayList<>();
        for (Tag tag : changing) {
            changes.add(new TagChange(repository, tag, tags.find(repository, tag), to));
        }
        changes.forEach(watch::before);
        return changes;
    }

    private void write(RepositoryName repository, Manifest manifest) throws IOException {
        Digest digest = manifest.digest();
        blobs.put(digest, manifest.content());
        putType(repository, manifest);
        links.put(Keys.revision(repository, digest), digest);
        referrers.add(repository, manifest);
    }

    private void putType(RepositoryName repository, Manifest manifest) throws IOException {
        if (manifest.namesItsType()) {
            return;
        }
        String key = Keys.revisionType(repository, manifest.digest());
        if (manifest.mediaType().equals(manifest.mediaTypeOfContent())) {
            metadata.delete(key);
        } else {
            metadata.put(key, manifest.mediaType().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Tags first: one that outlived its manifest would be listed and lead nowhere. */
    boolean delete(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
        Lock lock = coordination.repositories().forDeleting(repository);
        lock.lock();
        try {
            if (!content.contains(repository, digest)) {
                return false;
            }
            List<Tag> pointing = tags.allOf(repository, digest);
            for (TagChange change : changes(repository, pointing, Optional.empty(), watch)) {
                tags.delete(repository, change.tag());
                watch.after(change);
            }
            return remove(repository, digest);
        } finally {
            lock.unlock();
        }
    }

    /** Deletes a manifest that the caller knows no tag leads to, without looking through all tags for one. */
    boolean deleteUntagged(RepositoryName repository, Digest digest) throws IOException {
        Lock lock = coordination.repositories().forDeleting(repository);
        lock.lock();
        try {
            return content.contains(repository, digest) && remove(repository, digest);
        } finally {
            lock.unlock();
        }
    }

    private boolean remove(RepositoryName repository, Digest digest) throws IOException {
        Optional<Manifest> manifest = readable(repository, digest);
        boolean deleted = metadata.delete(Keys.revision(repository, digest));
        metadata.delete(Keys.revisionType(repository, digest));
        metadata.delete(Keys.manifestPulled(repository, digest));
        metadata.delete(Keys.untagged(repository, digest));
        if (manifest.isPresent()) {
            referrers.remove(repository, manifest.get());
        }
        coordination.removals().incrementAndGet();
        return deleted;
    }

    /** One that is damaged can be deleted too; who asks for referrers passes over what is left of it. */
    private Optional<Manifest> readable(RepositoryName repository, Digest digest) {
        try {
            return content.find(repository, digest);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
        Lock lock = coordination.repositories().forDeleting(repository);
        lock.lock();
        try {
            if (tags.find(repository, tag).isEmpty()) {
                // What a crash may have left of it, or a link that leads nowhere.
                return tags.delete(repository, tag);
            }
            List<TagChange> changes = changes(repository, List.of(tag), Optional.empty(), watch);
            boolean deleted = tags.delete(repository, tag);
            coordination.removals().incrementAndGet();
            changes.forEach(uses::changed);
            changes.forEach(watch::after);
            return deleted;
        } finally {
            lock.unlock();
        }
    }
}
