package dev.berth.registry.junit5.assertj;

import dev.berth.registry.Page;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a registry holds. */
public final class RegistryAssert extends AbstractAssert<RegistryAssert, Registry> {

    RegistryAssert(Registry actual) {
        super(actual, RegistryAssert.class);
    }

    /** Goes on with a repository, which need not exist. */
    public RepositoryAssert repository(String name) {
        return new RepositoryAssert(actual, new RepositoryName(name));
    }

    /** Verifies that these repositories exist, and no others. */
    public RegistryAssert hasExactlyRepositories(String... names) {
        List<String> expected = List.of(names).stream().sorted().toList();
        List<String> found = repositories(actual);
        if (!found.equals(expected)) {
            throw failure(
                    "Expecting the registry to have the repositories %s and no others, but it has %s", expected, found);
        }
        return this;
    }

    /** Verifies that no repository exists. */
    public RegistryAssert isEmpty() {
        return hasExactlyRepositories();
    }

    static List<String> repositories(Registry registry) {
        List<String> names = new ArrayList<>();
        Optional<String> after = Optional.empty();
        while (true) {
            Page<RepositoryName> page = page(registry, after);
            page.items().forEach(name -> names.add(name.value()));
            if (!page.more()) {
                return names;
            }
            after = Optional.of(names.get(names.size() - 1));
        }
    }

    private static Page<RepositoryName> page(Registry registry, Optional<String> after) {
        try {
            return registry.repositories(after, 1000);
        } catch (IOException e) {
            throw new AssertionError("The registry's repositories cannot be listed", e);
        }
    }
}
