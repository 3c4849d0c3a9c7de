package dev.berth.registry.http.auth;

import dev.berth.registry.pattern.RepositoryPattern;
import java.util.Set;

/** One line of a policy. */
record Rule(Subject subject, RepositoryPattern pattern, Set<Action> actions, boolean allows) {

    Rule {
        actions = Set.copyOf(actions);
    }

    @Override
    public String toString() {
        String words =
                String.join(", ", actions.stream().sorted().map(Action::word).toList());
        return subject + (allows ? " may " : " may not ") + words + " " + pattern;
    }
}
