package dev.berth.registry.layer;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Page;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Passes everything on. Whoever writes a layer extends this and overrides what it changes. */
public abstract class ForwardingRegistry implements Registry {

    private final Registry next;

    /** A layer in front of {@code next}. */
    protected ForwardingRegistry(Registry next) {
        this.next = next;
    }

    /** The registry behind this layer. */
    protected final Registry next() {
        return next;
    }

    @Override
    public Optional<Blob> blob(RepositoryName repository, Digest digest) throws IOException {
        return next.blob(repository, digest);
    }

    @Override
    public boolean deleteBlob(RepositoryName repository, Digest digest) throws IOException {
        return next.deleteBlob(repository, digest);
    }

    @Override
    public Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
            throws IOException {
        return next.mountBlob(repository, digest, from);
    }

    @Override
    public BlobUpload beginUpload(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
        return next.beginUpload(repository, algorithm);
    }

    @Override
    public Optional<BlobUpload> resumeUpload(RepositoryName repository, UploadId id) throws IOException {
        return next.resumeUpload(repository, id);
    }

    @Override
    public Optional<Manifest> manifest(RepositoryName repository, Reference reference) throws IOException {
        return next.manifest(repository, reference);
    }

    /** Comes to the method with a watch, which is the one to override. */
    @Override
    public final void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags) throws IOException {
        putManifest(repository, manifest, tags, TagWatch.none());
    }

    @Override
    public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch)
            throws IOException {
        next.putManifest(repository, manifest, tags, watch);
    }

    /** Comes to the method with a watch, which is the one to override. */
    @Override
    public final boolean deleteManifest(RepositoryName repository, Digest digest) throws IOException {
        return deleteManifest(repository, digest, TagWatch.none());
    }

    @Override
    public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
        return next.deleteManifest(repository, digest, watch);
    }

    /** Comes to the method with a watch, which is the one to override. */
    @Override
    public final boolean deleteTag(RepositoryName repository, Tag tag) throws IOException {
        return deleteTag(repository, tag, TagWatch.none());
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
        return next.deleteTag(repository, tag, watch);
    }

    @Override
    public Page<RepositoryName> repositories(Optional<String> after, int limit) throws IOException {
        return next.repositories(after, limit);
    }

    @Override
    public Optional<Page<Tag>> tags(RepositoryName repository, Optional<String> after, int limit) throws IOException {
        return next.tags(repository, after, limit);
    }

    @Override
    public Page<Descriptor> referrers(
            RepositoryName repository, Digest subject, Optional<String> artifactType, Optional<Digest> after, int limit)
            throws IOException {
        return next.referrers(repository, subject, artifactType, after, limit);
    }
}
