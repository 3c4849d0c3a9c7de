package dev.berth.registry.layer;

import dev.berth.registry.RepositoryName;
import java.util.List;

/** Which repositories somebody may know of. Safe for use by several threads. */
public interface Visibility {

    /** Whether they may read what is in a repository. */
    boolean mayPull(RepositoryName repository);

    /** Whether a repository stands in their catalogue. */
    boolean mayList(RepositoryName repository);

    /**
     * What the names of repositories that they may list can begin with, for a catalogue that need not read what is in
     * between. The empty text stands for every name.
     */
    default List<String> beginnings() {
        return List.of("");
    }
}
