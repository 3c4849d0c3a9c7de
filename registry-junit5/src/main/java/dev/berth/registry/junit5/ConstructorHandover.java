package dev.berth.registry.junit5;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/**
 * Brings a registry that a constructor was given to the test that the instance is made for.
 *
 * <p>While JUnit makes an instance it shows extensions the context of the class only, which several tests may be using at
 * the same time. So until the test's own context appears, the registry waits in the store of the class: under the thread
 * that makes the instance, then under the instance. If it is never fetched it ends with the class.
 */
final class ConstructorHandover {

    private final Object extension;

    ConstructorHandover(Object extension) {
        this.extension = extension;
    }

    /** Before an instance is made. An inner class gets the registry that the instance around it was made with. */
    void begin(ExtensionContext context, Optional<Object> outerInstance) throws IOException {
        Store store = Contexts.store(context);
        TestRegistry leftover = store.remove(making(), TestRegistry.class);
        if (leftover != null) { // from a constructor that was not called, since another of its parameters failed
            leftover.close();
        }
        outerInstance
                .map(outer -> store.get(new Made(extension, outer), TestRegistry.class))
                .ifPresent(registry -> {
                    if (Contexts.hasSharedInstance(context)) {
                        throw onceForAllTests();
                    }
                    store.put(making(), registry);
                });
    }

    /** The error of asking for a test's registry where no single test is meant. */
    static ParameterResolutionException onceForAllTests() {
        return new ParameterResolutionException(
                "Each test has its own registry here, and this is called once for all tests"
                        + " of the class. Make the registry's scope PER_CLASS, or take it as a parameter of @BeforeEach or of the"
                        + " test.");
    }

    /** The registry for the instance that is being made. */
    TestRegistry registry(ExtensionContext context, Supplier<TestRegistry> start) {
        return Contexts.store(context).getOrComputeIfAbsent(making(), key -> start.get(), TestRegistry.class);
    }

    /** Calls the constructor. */
    <T> T construct(Invocation<T> constructor, ExtensionContext context) throws Throwable {
        Store store = Contexts.store(context);
        TestRegistry registry = store.remove(making(), TestRegistry.class);
        if (registry == null) {
            return constructor.proceed();
        }
        try {
            T instance = constructor.proceed();
            store.put(new Made(extension, instance), registry);
            return instance;
        } catch (Throwable e) {
            try (registry) {
                throw e;
            }
        }
    }

    /** Fetches what waits under an instance, if anything does. */
    Optional<TestRegistry> end(ExtensionContext context, Object instance) {
        Made made = new Made(extension, instance);
        return Contexts.outwards(context)
                .flatMap(c -> Optional.ofNullable(Contexts.store(c).remove(made, TestRegistry.class)).stream())
                .findFirst();
    }

    private Making making() {
        return new Making(extension, Thread.currentThread());
    }

    private record Making(Object extension, Thread thread) {}

    /** Compares instances by identity: test classes are free to define equality. */
    private record Made(Object extension, Object instance) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Made that && that.extension == extension && that.instance == instance;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(instance);
        }
    }
}
