package dev.berth.registry.junit5.assertj;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.image.Image;
import java.io.IOException;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a tag that is there. */
public final class TagAssert extends AbstractAssert<TagAssert, Tag> {

    private final Registry registry;
    private final RepositoryName repository;
    private final RepositoryAssert back;
    private final Manifest manifest;

    TagAssert(Registry registry, RepositoryName repository, Tag actual, RepositoryAssert back, Manifest manifest) {
        super(actual, TagAssert.class);
        this.registry = registry;
        this.repository = repository;
        this.back = back;
        this.manifest = manifest;
    }

    /** Verifies what the tag points to. */
    public TagAssert pointingTo(Digest digest) {
        if (!manifest.digest().equals(digest)) {
            throw failure(
                    "Expecting %s:%s to point to%n  %s%nbut it points to%n  %s (%s)",
                    repository, actual, digest, manifest.digest(), manifest.mediaType());
        }
        return this;
    }

    /** Verifies that the tag points to an image. */
    public TagAssert pointingTo(Image image) {
        return pointingTo(image.digest());
    }

    /** Goes on with the image that the tag points to. */
    public ImageAssert image() {
        try {
            return new ImageAssert(Image.pull(registry, repository.value(), actual.value()))
                    .as("%s:%s", repository, actual);
        } catch (IOException e) {
            throw new AssertionError(repository + ":" + actual + " cannot be read", e);
        }
    }

    /** Goes back to the repository. */
    public RepositoryAssert and() {
        return back;
    }
}
