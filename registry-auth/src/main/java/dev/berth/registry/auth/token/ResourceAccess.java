package dev.berth.registry.auth.token;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Actions on a resource, as a scope asks for them and the {@code access} of a token grants them ("Token Scope Documentation").
 *
 * @param type {@code repository} or {@code registry}
 * @param name of the repository, or {@code catalog}
 * @param actions such as {@code pull}
 */
record ResourceAccess(String type, String name, Set<String> actions) {

    private static final Pattern CLASS = Pattern.compile("\\([a-z0-9]+\\)$");

    ResourceAccess {
        actions = Collections.unmodifiableSet(new LinkedHashSet<>(actions));
    }

    /**
     * Reads a scope, such as {@code repository:team/app:pull,push}; empty if it is none. A class, as in {@code
     * repository(plugin):team/app:pull}, makes no difference to what may be done.
     */
    static Optional<ResourceAccess> parse(String scope) {
        int first = scope.indexOf(':');
        int last = scope.lastIndexOf(':');
        if (first <= 0 || last <= first + 1 || last == scope.length() - 1) {
            return Optional.empty();
        }
        Set<String> actions =
                new LinkedHashSet<>(List.of(scope.substring(last + 1).split(",")));
        actions.remove("");
        String type = CLASS.matcher(scope.substring(0, first)).replaceFirst("");
        return Optional.of(new ResourceAccess(type, scope.substring(first + 1, last), actions));
    }

    String scope() {
        return type + ":" + name + ":" + String.join(",", actions);
    }
}
