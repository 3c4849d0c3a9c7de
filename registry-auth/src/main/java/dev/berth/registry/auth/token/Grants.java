package dev.berth.registry.auth.token;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.http.auth.Action;
import dev.berth.registry.http.auth.Permissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what may be granted of what is asked for. */
final class Grants {

    private static final String ALL = "*";
    private static final List<Action> ACTIONS = List.of(Action.PULL, Action.PUSH, Action.DELETE);

    private Grants() {}

    static List<ResourceAccess> of(List<ResourceAccess> asked, Permissions permissions) {
        List<ResourceAccess> granted = new ArrayList<>();
        for (ResourceAccess resource : asked) {
            Set<String> actions = switch (resource.type()) {
                case "repository" -> repository(resource, permissions);
                case "registry" -> registry(resource, permissions);
                default -> Set.of();
            };
            if (!actions.isEmpty()) {
                granted.add(new ResourceAccess(resource.type(), resource.name(), actions));
            }
        }
        return granted;
    }

    private static Set<String> repository(ResourceAccess resource, Permissions permissions) {
        RepositoryName name;
        try {
            name = new RepositoryName(resource.name());
        } catch (RegistryException e) {
            return Set.of();
        }
        Set<String> actions = new LinkedHashSet<>();
        for (String word : resource.actions()) {
            if (word.equals(ALL)) {
                ACTIONS.stream()
                        .filter(action -> permissions.allow(name, action))
                        .forEach(action -> actions.add(action.word()));
            } else {
                Optional<Action> action = Action.of(word).filter(ACTIONS::contains);
                action.filter(a -> permissions.allow(name, a)).ifPresent(a -> actions.add(word));
            }
        }
        return actions;
    }

    private static Set<String> registry(ResourceAccess resource, Permissions permissions) {
        boolean catalog =
                resource.name().equals("catalog") && resource.actions().contains(ALL);
        return catalog && permissions.allowCatalog() ? Set.of(ALL) : Set.of();
    }
}
