package dev.berth.registry.layer;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagChange;
import dev.berth.registry.TagWatch;
import java.io.IOException;
import java.util.List;

/**
 * Refuses to move or delete some tags, with {@link dev.berth.registry.ErrorCode#DENIED} and the status 409. Pushing what such
 * a tag points to already is no change and is accepted. Of several pushes of one new tag at the same time, exactly one wins.
 * A manifest that an immutable tag points to cannot be deleted either.
 */
public final class ImmutableTagsRegistry extends ForwardingRegistry {

    private final TagWatch immutable;

    /** Keeps some tags of {@code next} as they are. */
    public ImmutableTagsRegistry(Registry next, ImmutableTags tags) {
        super(next);
        immutable = new TagWatch() {
            @Override
            public void before(TagChange change) {
                tags.check(change);
            }
        };
    }

    @Override
    public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch)
            throws IOException {
        super.putManifest(repository, manifest, tags, watch.and(immutable));
    }

    @Override
    public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
        return super.deleteManifest(repository, digest, watch.and(immutable));
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
        return super.deleteTag(repository, tag, watch.and(immutable));
    }
}
