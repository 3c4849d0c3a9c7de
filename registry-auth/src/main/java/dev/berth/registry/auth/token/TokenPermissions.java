package dev.berth.registry.auth.token;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.http.auth.Action;
import dev.berth.registry.http.auth.Permissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a token lets its bearer do: what is in it, and nothing else. */
final class TokenPermissions implements Permissions {

    private static final String ALL = "*";

    private final Map<String, Set<String>> repositories = new HashMap<>();
    private final boolean catalog;
    private final Optional<Permissions> catalogue;

    /** @param catalogue what of the catalogue they may see, of whom a scope says only that they may see it; empty for all */
    TokenPermissions(List<ResourceAccess> access, Optional<Permissions> catalogue) {
        boolean seesCatalog = false;
        for (ResourceAccess resource : access) {
            if (resource.type().equals("repository")) {
                repositories
                        .computeIfAbsent(resource.name(), name -> new HashSet<>())
                        .addAll(resource.actions());
            } else if (resource.type().equals("registry") && resource.name().equals("catalog")) {
                seesCatalog |= resource.actions().contains(ALL);
            }
        }
        this.catalog = seesCatalog;
        this.catalogue = catalogue;
    }

    @Override
    public boolean allow(RepositoryName repository, Action action) {
        Set<String> actions = repositories.getOrDefault(repository.value(), Set.of());
        return action != Action.LIST && (actions.contains(action.word()) || actions.contains(ALL));
    }

    @Override
    public boolean allowCatalog() {
        return catalog;
    }

    @Override
    public boolean allowBase() {
        return true;
    }

    @Override
    public boolean mayList(RepositoryName repository) {
        return catalog && (catalogue.isEmpty() || catalogue.get().mayList(repository));
    }

    @Override
    public List<String> beginnings() {
        return catalogue.isPresent() ? catalogue.get().beginnings() : List.of("");
    }
}
