package dev.berth.registry.http;

import java.util.Set;

/**
 * On whose behalf a request is made, as far as somebody has found out. Immutable.
 *
 * @param name the user's name; empty for whoever has not said
 * @param groups the groups that the source of users says they are in; an access policy may know of more
 */
public record Caller(String name, Set<String> groups) {

    private static final Caller ANONYMOUS = new Caller("", Set.of());

    public Caller {
        groups = Set.copyOf(groups);
    }

    /** A user of that name, in no group. */
    public static Caller named(String name) {
        return new Caller(name, Set.of());
    }

    /** Whoever has not said who they are. */
    public static Caller anonymous() {
        return ANONYMOUS;
    }

    /** Whether nothing is known of them. */
    public boolean isAnonymous() {
        return name.isEmpty();
    }
}
