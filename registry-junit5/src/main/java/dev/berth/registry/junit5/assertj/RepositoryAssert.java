package dev.berth.registry.junit5.assertj;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Page;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a repository. */
public final class RepositoryAssert extends AbstractAssert<RepositoryAssert, RepositoryName> {

    private final Registry registry;

    RepositoryAssert(Registry registry, RepositoryName actual) {
        super(actual, RepositoryAssert.class);
        this.registry = registry;
    }

    /** Verifies that the repository exists: that it has a manifest. */
    public RepositoryAssert exists() {
        List<String> all = RegistryAssert.repositories(registry);
        if (!all.contains(actual.value())) {
            throw failure("Expecting a repository %s, but there is none; there are: %s", actual, all);
        }
        return this;
    }

    /** Verifies that the repository does not exist. */
    public RepositoryAssert doesNotExist() {
        if (RegistryAssert.repositories(registry).contains(actual.value())) {
            throw failure("Expecting no repository %s, but there is one with the tags %s", actual, tags());
        }
        return this;
    }

    /** Verifies that there is a tag, and goes on with it. */
    public TagAssert hasTag(String tag) {
        return new TagAssert(
                registry, actual, new Tag(tag), this, manifest(new Tag(tag)).orElseThrow(() -> noTag(tag)));
    }

    private AssertionError noTag(String tag) {
        List<String> tags = tags();
        if (tags.isEmpty()) {
            return failure(
                    "Expecting %s to have the tag %s, but it has none. Repositories there are: %s",
                    actual, tag, RegistryAssert.repositories(registry));
        }
        return failure("Expecting %s to have the tag %s, but it has: %s", actual, tag, tags);
    }

    /** Verifies that there is no such tag. */
    public RepositoryAssert hasNoTag(String tag) {
        Optional<Manifest> found = manifest(new Tag(tag));
        if (found.isPresent()) {
            throw failure(
                    "Expecting %s not to have the tag %s, but it points to %s",
                    actual, tag, found.get().digest());
        }
        return this;
    }

    /** Verifies that there are these tags, and no others. */
    public RepositoryAssert hasExactlyTags(String... tags) {
        List<String> expected = List.of(tags).stream().sorted().toList();
        List<String> found = tags();
        if (!found.equals(expected)) {
            throw failure("Expecting %s to have the tags %s and no others, but it has: %s", actual, expected, found);
        }
        return this;
    }

    /** Verifies that a manifest of that digest is there. */
    public RepositoryAssert hasManifest(Digest digest) {
        if (manifest(digest).isEmpty()) {
            throw failure(
                    "Expecting %s to have the manifest %s, but it has not; its tags are: %s", actual, digest, tags());
        }
        return this;
    }

    /** Verifies that a blob of that digest is there. */
    public RepositoryAssert hasBlob(Digest digest) {
        if (!hasBlobNow(digest)) {
            throw failure("Expecting %s to have the blob %s, but it has not", actual, digest);
        }
        return this;
    }

    /** Verifies that no blob of that digest is there. */
    public RepositoryAssert hasNoBlob(Digest digest) {
        if (hasBlobNow(digest)) {
            throw failure("Expecting %s not to have the blob %s, but it has", actual, digest);
        }
        return this;
    }

    private boolean hasBlobNow(Digest digest) {
        try {
            return registry.blob(actual, digest).isPresent();
        } catch (IOException e) {
            throw new AssertionError("The blob " + digest + " of " + actual + " cannot be looked for", e);
        }
    }

    private Optional<Manifest> manifest(Reference reference) {
        try {
            return registry.manifest(actual, reference);
        } catch (IOException e) {
            throw new AssertionError("The manifest " + reference + " of " + actual + " cannot be read", e);
        }
    }

    private List<String> tags() {
        List<String> tags = new ArrayList<>();
        Optional<String> after = Optional.empty();
        try {
            while (true) {
                Page<Tag> page = registry.tags(actual, after, 1000).orElse(Page.empty());
                page.items().forEach(tag -> tags.add(tag.value()));
                if (!page.more()) {
                    return tags;
                }
                after = Optional.of(tags.get(tags.size() - 1));
            }
        } catch (IOException e) {
            throw new AssertionError("The tags of " + actual + " cannot be listed", e);
        }
    }
}
