package dev.berth.registry.retention;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a policy decides by.
 *
 * @param repository which one it is
 * @param tags all its tags
 * @param manifests all its manifests, tagged or not
 * @param pullsNotedSince since when it has been noted what is pulled; empty if it never was
 * @param obstacle why nobody knows what all the manifests need, if one of them cannot be read
 */
public record RepositoryFacts(
        RepositoryName repository,
        List<TagFact> tags,
        List<ManifestFact> manifests,
        Optional<Instant> pullsNotedSince,
        Optional<String> obstacle) {

    public RepositoryFacts {
        tags = List.copyOf(tags);
        manifests = List.copyOf(manifests);
    }

    /**
     * A tag.
     *
     * @param tag which one it is
     * @param digest what it points to
     * @param pushedAt when it was last pushed
     * @param pulledAt when it was last asked for, to the end of the hour; empty if nobody has noted it
     * @param immutable whether it stays whatever the rules say
     */
    public record TagFact(Tag tag, Digest digest, Instant pushedAt, Optional<Instant> pulledAt, boolean immutable) {}

    /**
     * A manifest.
     *
     * @param digest which one it is
     * @param pushedAt when it was last pushed
     * @param pulledAt when it was last asked for, to the end of the hour; empty if nobody has noted it
     * @param untaggedAt when it last lost a tag, likewise
     * @param names the manifests of the repository that it names, such as those of an index
     * @param subject the manifest that it refers to
     */
    public record ManifestFact(
            Digest digest,
            Instant pushedAt,
            Optional<Instant> pulledAt,
            Optional<Instant> untaggedAt,
            List<Digest> names,
            Optional<Digest> subject) {

        public ManifestFact {
            names = List.copyOf(names);
        }
    }
}
