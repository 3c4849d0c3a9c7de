package dev.berth.registry.layer;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A registry that can be made read-only while it serves, and let go again: for maintenance, for a backup, for a test. Pulls go
 * on. A push that is on its way is told at its next request; its upload session stays, and goes on after the thaw. Safe for use
 * by several threads.
 */
public final class FreezableRegistry extends ForwardingRegistry {

    private final Registry frozen;
    private volatile Registry changes;

    /** A layer around {@code next}, which lets everything through for now. */
    public FreezableRegistry(Registry next) {
        super(next);
        this.frozen = new ReadOnlyRegistry(next);
        this.changes = next;
    }

    /** Refuses every change from now on. Those that have begun within the registry come to their end. */
    public void freeze() {
        changes = frozen;
    }

    /** Lets changes through again. */
    public void thaw() {
        changes = next();
    }

    /** Whether changes are refused. */
    public boolean isFrozen() {
        return changes == frozen;
    }

    @Override
    public boolean deleteBlob(RepositoryName repository, Digest digest) throws IOException {
        return changes.deleteBlob(repository, digest);
    }

    @Override
    public Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
            throws IOException {
        return changes.mountBlob(repository, digest, from);
    }

    @Override
    public BlobUpload beginUpload(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
        return changes.beginUpload(repository, algorithm);
    }

    @Override
    public Optional<BlobUpload> resumeUpload(RepositoryName repository, UploadId id) throws IOException {
        return changes.resumeUpload(repository, id);
    }

    @Override
    public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch)
            throws IOException {
        changes.putManifest(repository, manifest, tags, watch);
    }

    @Override
    public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
        return changes.deleteManifest(repository, digest, watch);
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
        return changes.deleteTag(repository, tag, watch);
    }
}
