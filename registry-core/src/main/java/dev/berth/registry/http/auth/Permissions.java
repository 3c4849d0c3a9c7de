package dev.berth.registry.http.auth;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.layer.Visibility;

/** What one caller may do, with the credential they have shown. Immutable or at least safe for use by several threads. */
public interface Permissions extends Visibility {

    /** Whether they may do that in a repository, which need not exist. */
    boolean allow(RepositoryName repository, Action action);

    /** Whether they may ask for the catalogue; {@link #mayList} says what is in it. */
    boolean allowCatalog();

    /** Whether {@code /v2/} welcomes them, where clients find out whether a credential is good, or needed. */
    boolean allowBase();

    /** Whether they may pull from and list every repository, so that nothing need be hidden from them. */
    default boolean showEverything() {
        return false;
    }

    /** Whether they have an access. */
    default boolean allow(Access access) {
        if (access instanceof Access.Repository repository) {
            for (Action action : repository.actions()) {
                if (!allow(repository.name(), action)) {
                    return false;
                }
            }
            return true;
        }
        return access instanceof Access.Catalog ? allowCatalog() : allowBase();
    }

    @Override
    default boolean mayPull(RepositoryName repository) {
        return allow(repository, Action.PULL);
    }

    @Override
    default boolean mayList(RepositoryName repository) {
        return allow(repository, Action.LIST) && allow(repository, Action.PULL);
    }

    /** No permission at all. */
    static Permissions none() {
        return Nothing.ALLOWED;
    }

    /** Not even to be known. */
    enum Nothing implements Permissions {
        /** The one and only. */
        ALLOWED;

        @Override
        public boolean allow(RepositoryName repository, Action action) {
            return false;
        }

        @Override
        public boolean allowCatalog() {
            return false;
        }

        @Override
        public boolean allowBase() {
            return false;
        }
    }
}
