package dev.berth.registry.http.auth;

import dev.berth.registry.http.Caller;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups that a policy defines. Immutable. */
record Memberships(Map<String, Set<String>> members) {

    static final Memberships NONE = new Memberships(Map.of());

    /** The same with more members in a group. */
    Memberships plus(String group, List<String> names) {
        Map<String, Set<String>> copy = new HashMap<>(members);
        Set<String> all = new HashSet<>(members.getOrDefault(group, Set.of()));
        all.addAll(names);
        copy.put(group, Set.copyOf(all));
        return new Memberships(Map.copyOf(copy));
    }

    boolean contains(String group, Caller caller) {
        return !caller.isAnonymous() && members.getOrDefault(group, Set.of()).contains(caller.name());
    }
}
