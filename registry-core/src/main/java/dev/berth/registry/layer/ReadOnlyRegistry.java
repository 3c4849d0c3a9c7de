package dev.berth.registry.layer;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;
import dev.berth.registry.UploadId;
import java.util.List;
import java.util.Optional;

/** Refuses every change, with {@link ErrorCode#UNSUPPORTED}; what is there can be pulled. */
public final class ReadOnlyRegistry extends ForwardingRegistry {

    /** Changes nothing in {@code next}. */
    public ReadOnlyRegistry(Registry next) {
        super(next);
    }

    @Override
    public boolean deleteBlob(RepositoryName repository, Digest digest) {
        throw refusal();
    }

    @Override
    public Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from) {
        throw refusal();
    }

    @Override
    public BlobUpload beginUpload(RepositoryName repository, DigestAlgorithm algorithm) {
        throw refusal();
    }

    @Override
    public Optional<BlobUpload> resumeUpload(RepositoryName repository, UploadId id) {
        throw refusal();
    }

    @Override
    public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch) {
        throw refusal();
    }

    @Override
    public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) {
        throw refusal();
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) {
        throw refusal();
    }

    private static RegistryException refusal() {
        return new RegistryException(
                ErrorCode.UNSUPPORTED, "this registry is read-only: it can be pulled from, not pushed to");
    }
}
