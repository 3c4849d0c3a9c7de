package dev.berth.registry.layer;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;

/** Refuses to delete anything, with {@link ErrorCode#UNSUPPORTED}, as Docker's registry does unless told otherwise. */
public final class NoDeleteRegistry extends ForwardingRegistry {

    /** Deletes nothing from {@code next}. */
    public NoDeleteRegistry(Registry next) {
        super(next);
    }

    @Override
    public boolean deleteBlob(RepositoryName repository, Digest digest) {
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
        return new RegistryException(ErrorCode.UNSUPPORTED, "deleting is switched off in this registry");
    }
}
