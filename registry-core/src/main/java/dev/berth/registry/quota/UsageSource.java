package dev.berth.registry.quota;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.pattern.RepositoryPattern;
import java.io.IOException;
import java.util.Optional;

/** Knows what is kept where. {@code StoredRegistry.usage()} is one. Safe for use by several threads. */
public interface UsageSource {

    /**
     * Counts what some repositories hold. It takes a look at each tag, manifest and blob there, and some 30 bytes of memory for each
     * manifest and blob.
     */
    UsageCount count(RepositoryPattern repositories) throws IOException;

    /**
     * The bytes behind a blob: the digest that they are kept by, and their size.
     *
     * @param repository one that has the blob; empty for wherever it is
     */
    Optional<Descriptor> stored(Optional<RepositoryName> repository, Digest blob) throws IOException;

    /** Whether a repository has a manifest. */
    boolean hasManifest(RepositoryName repository, Digest digest) throws IOException;

    /** Whether a repository has a tag. */
    boolean hasTag(RepositoryName repository, Tag tag) throws IOException;

    /** A number that grows whenever something has been removed, in whatever way. */
    long removals();
}
