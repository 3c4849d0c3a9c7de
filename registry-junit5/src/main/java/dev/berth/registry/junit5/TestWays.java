package dev.berth.registry.junit5;

import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.chaos.LegalChaos;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What a test's registry does otherwise than others.
 *
 * @param filters made anew for each registry, from its clock; the first is the outermost
 */
record TestWays(List<Function<TestClock, HttpFilter>> filters) {

    /** The property that says which chaos to have again. */
    static final String SEED = "berth.chaos.seed";

    static final TestWays NONE = new TestWays(List.of());

    TestWays {
        filters = List.copyOf(filters);
    }

    static TestWays of(RegistryExtension annotation) {
        TestWays ways = NONE;
        if (annotation.profile() != Profile.NONE) {
            List<String> images = List.of(annotation.images());
            ways = ways.with(clock -> annotation.profile().create(clock, images).orElseThrow());
        }
        return annotation.legalChaos() ? ways.with(clock -> chaos()) : ways;
    }

    TestWays with(Function<TestClock, HttpFilter> filter) {
        List<Function<TestClock, HttpFilter>> more = new ArrayList<>(filters);
        more.add(filter);
        return new TestWays(more);
    }

    /** The filters of one registry. */
    List<HttpFilter> create(TestClock clock) {
        return filters.stream().map(filter -> filter.apply(clock)).toList();
    }

    static LegalChaos chaos() {
        String seed = System.getProperty(SEED, "");
        try {
            return seed.isEmpty() ? new LegalChaos() : new LegalChaos(Long.parseLong(seed));
        } catch (NumberFormatException e) {
            throw new ExtensionConfigurationException(
                    "The seed of legal chaos is a number, as in -D" + SEED + "=4711, and not \"" + seed + "\"", e);
        }
    }
}
