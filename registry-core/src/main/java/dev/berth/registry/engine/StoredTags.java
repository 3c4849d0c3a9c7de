package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Page;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tags: what each points to, and what it once did. */
final class StoredTags {

    private final MetadataStore metadata;
    private final Links links;

    StoredTags(MetadataStore metadata, Links links) {
        this.metadata = metadata;
        this.links = links;
    }

    Optional<Digest> find(RepositoryName repository, Tag tag) throws IOException {
        return links.get(Keys.tagCurrent(repository, tag));
    }

    void put(RepositoryName repository, Tag tag, Digest digest) throws IOException {
        links.put(Keys.tagIndex(repository, tag, digest), digest);
        links.put(Keys.tagCurrent(repository, tag), digest);
    }

    /** What the tag points to goes first: from then on the tag is gone, whatever happens to the rest. */
    boolean delete(RepositoryName repository, Tag tag) throws IOException {
        boolean deleted = metadata.delete(Keys.tagCurrent(repository, tag));
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            String index = Keys.tagIndex(repository, tag, algorithm);
            Segments segments = new Segments(metadata, index, Optional.empty());
            for (Optional<String> hex = segments.next(); hex.isPresent(); hex = segments.next()) {
                metadata.delete(index + "/" + hex.get() + "/link");
            }
        }
        metadata.delete(Keys.tagPulled(repository, tag));
        return deleted;
    }

    /** The tags that point to a manifest. */
    List<Tag> allOf(RepositoryName repository, Digest digest) throws IOException {
        List<Tag> pointing = new ArrayList<>();
        Segments segments = new Segments(metadata, Keys.tags(repository), Optional.empty());
        for (Optional<Tag> tag = next(segments); tag.isPresent(); tag = next(segments)) {
            if (find(repository, tag.get()).equals(Optional.of(digest))) {
                pointing.add(tag.get());
            }
        }
        return pointing;
    }

    Page<Tag> list(RepositoryName repository, Optional<String> after, int limit) throws IOException {
        List<Tag> page = new ArrayList<>();
        Segments segments = new Segments(metadata, Keys.tags(repository), after, limit + 1);
        for (Optional<Tag> tag = next(segments); tag.isPresent(); tag = next(segments)) {
            if (metadata.contains(Keys.tagCurrent(repository, tag.get()))) {
                if (page.size() == limit) {
                    return new Page<>(page, true);
                }
                page.add(tag.get());
            }
        }
        return new Page<>(page, false);
    }

    /** The next segment that is a tag; what somebody else may have put beside them is passed over. */
    private static Optional<Tag> next(Segments segments) throws IOException {
        Optional<String> segment = segments.next();
        while (segment.isPresent()) {
            Optional<Tag> tag = tag(segment.get());
            if (tag.isPresent()) {
                return tag;
            }
            segment = segments.next();
        }
        return Optional.empty();
    }

    private static Optional<Tag> tag(String segment) {
        try {
            return Optional.of(new Tag(segment));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }
}
