package dev.berth.registry;

import java.util.List;

/**
 * Stands by while a registry changes tags, and refuses a change or takes note of it. Whatever it is told of a tag is true at
 * that moment: until both methods have returned, nobody else changes that tag. So it can decide by what the tag points to
 * now, and what it notes is in the order in which it happened.
 *
 * <p>It is called with locks held: it has to be quick, and must not use the registry. Safe for use by several threads, as
 * tags change side by side.
 */
public interface TagWatch {

    /** Lets everything pass. */
    static TagWatch none() {
        return new TagWatches(List.of());
    }

    /**
     * A tag is about to change. Called for all tags of a push or a delete before anything is changed. The change may still
     * fail afterwards.
     *
     * @throws RegistryException to refuse: nothing is changed then
     */
    default void before(TagChange change) {}

    /** A tag has changed. Must not throw. */
    default void after(TagChange change) {}

    /** Both, this one first. */
    default TagWatch and(TagWatch other) {
        return new TagWatches(List.of(this, other));
    }
}
