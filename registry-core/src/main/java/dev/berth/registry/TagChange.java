package dev.berth.registry;

import java.util.Optional;

/**
 * A tag that is made, moved or deleted.
 *
 * @param repository where the tag is
 * @param tag which one it is
 * @param from what it pointed to, or empty if it is new
 * @param to what it points to now, or empty if it is deleted
 */
public record TagChange(RepositoryName repository, Tag tag, Optional<Digest> from, Optional<Digest> to) {

    /** Whether the tag pointed to something else before; not so where it was pushed again as it was. */
    public boolean moves() {
        return !from.equals(to);
    }

    /** Whether there was no such tag before. */
    public boolean creates() {
        return from.isEmpty() && to.isPresent();
    }

    /** Whether there is no such tag any more. */
    public boolean deletes() {
        return to.isEmpty();
    }
}
