package dev.berth.registry.http.auth;

import java.util.Locale;
import java.util.Optional;

/** What can be done with a repository. */
public enum Action {
    /** Reading manifests, blobs, tags and referrers. */
    PULL,
    /** Uploading blobs, putting manifests and tags. */
    PUSH,
    /** Deleting manifests, tags and blobs. */
    DELETE,
    /** Seeing the repository in the catalogue. Scopes do not speak of it: there is one for the whole catalogue. */
    LIST;

    /** As it stands in a scope. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action of that word, or empty if there is none. */
    public static Optional<Action> of(String word) {
        for (Action action : values()) {
            if (action.word().equals(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
