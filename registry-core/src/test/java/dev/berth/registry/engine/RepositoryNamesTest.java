package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNamesTest {

    private static final List<String> COMPONENTS = List.of("a", "a-b", "a.b", "a--b", "a0", "ab", "b", "a-b-c");

    private final MetadataStore metadata = new MemoryStorage().metadata();

    @Test
    void whateverTheNamesAreTheyComeInOrderFromWhereverOneBegins() throws IOException {
        Random random = new Random(42);
        TreeSet<String> all = new TreeSet<>();
        for (int i = 0; i < 150; i++) {
            StringBuilder name = new StringBuilder(component(random));
            for (int depth = random.nextInt(3); depth > 0; depth--) {
                name.append('/').append(component(random));
            }
            all.add(name.toString());
            metadata.put("repositories/" + name + "/_manifests/revisions/sha256/x/link", new byte[1]);
        }
        List<String> beginnings = new ArrayList<>(all);
        beginnings.addAll(
                List.of("", "a/", "a-", "a/a-b/", "a-b/zz", "a/../b", "/", "//", "a//b", "_", "\u00e4", "zz"));

        for (String last : beginnings) {
            assertThat(thoseWithManifests(names(last), all))
                    .as("behind '%s'", last)
                    .containsExactlyElementsOf(all.tailSet(last, false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"r0500", "r0500/x", "r0500-x"})
    void farBehindCostsNoMoreThanAtTheBeginning(String last) throws IOException {
        for (int i = 0; i < 1000; i++) {
            metadata.put("repositories/r%04d/_manifests/x".formatted(i), new byte[1]);
        }
        int[] listed = {0};

        new RepositoryNames(counting(listed), last, 10).next();

        assertThat(listed[0]).isBetween(1, 50);
    }

    private MetadataStore counting(int[] listed) {
        return (MetadataStore) Proxy.newProxyInstance(
                MetadataStore.class.getClassLoader(),
                new Class<?>[] {MetadataStore.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(metadata, arguments);
                    listed[0] += result instanceof List<?> children ? children.size() : 0;
                    return result;
                });
    }

    /** Directories on the way to names are there as well. */
    private static List<String> thoseWithManifests(List<String> names, TreeSet<String> all) {
        return names.stream().filter(all::contains).toList();
    }

    private List<String> names(String last) throws IOException {
        List<String> names = new ArrayList<>();
        RepositoryNames walk = new RepositoryNames(metadata, last, 3);
        for (Optional<RepositoryName> name = walk.next(); name.isPresent(); name = walk.next()) {
            names.add(name.get().value());
        }
        return names;
    }

    private static String component(Random random) {
        return COMPONENTS.get(random.nextInt(COMPONENTS.size()));
    }
}
