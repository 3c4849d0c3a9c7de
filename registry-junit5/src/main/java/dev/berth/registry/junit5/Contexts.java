package dev.berth.registry.junit5;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** Questions to JUnit's contexts. */
final class Contexts {

    private static final Namespace NAMESPACE = Namespace.create(Contexts.class);

    private Contexts() {}

    static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** A context, the one around it, and so on. */
    static Stream<ExtensionContext> outwards(ExtensionContext context) {
        return Stream.iterate(
                        Optional.of(context), Optional::isPresent, inner -> inner.flatMap(ExtensionContext::getParent))
                .flatMap(Optional::stream);
    }

    static boolean isOfTest(ExtensionContext context) {
        return context.getTestMethod().isPresent();
    }

    /** Whether one instance of the test class runs all of its tests. */
    static boolean hasSharedInstance(ExtensionContext context) {
        return context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS));
    }
}
