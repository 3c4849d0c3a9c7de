package dev.berth.registry.junit5;

import java.io.IOException;
import java.lang.reflect.Constructor;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Starts registries when tests and classes begin, and hands them to parameters. They live in JUnit's stores, which close
 * them: the one of the test, or the one of the class.
 */
abstract sealed class RegistryCallbacks
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                LifecycleMethodExecutionExceptionHandler,
                TestInstancePreConstructCallback,
                InvocationInterceptor,
                ParameterResolver
        permits AnnotatedRegistry, RegistryJUnitExtension {

    private final ConstructorHandover handover = new ConstructorHandover(this);

    RegistryCallbacks() {}

    /** What the registry of a test or a class is like. */
    abstract Settings settings(ExtensionContext context);

    /** The context of the class whose store keeps a registry that is per class. */
    abstract ExtensionContext home(ExtensionContext context, Settings settings);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (settings(context).scope() == RegistryScope.PER_CLASS) {
            registry(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            handover.end(context, instance)
                    .ifPresent(registry -> Contexts.store(context).put(OfTest.of(context, registry.owner()), registry));
        }
        TestRegistry registry = registry(context);
        Settings settings = settings(context);
        if (settings.reset()) {
            if (settings.scope() != RegistryScope.PER_CLASS) {
                throw new ExtensionConfigurationException(
                        "A registry of each test is new, so that there is nothing to put"
                                + " back: reset goes with the scope PER_CLASS");
            }
            registry.reset();
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> registry(context).explain(failure));
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        registry(context).explain(failure);
        throw failure;
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        registry(context).explain(failure);
        throw failure;
    }

    /** The registry of a test, or of a class if it is per class. Starts it unless it is running. */
    final TestRegistry registry(ExtensionContext context) {
        Settings settings = settings(context);
        return settings.scope() == RegistryScope.PER_CLASS
                ? registry(home(context, settings), new OfClass(settings.owner()), settings)
                : registry(context, OfTest.of(context, settings.owner()), settings);
    }

    /** Whether the registry of a class has started. */
    final boolean isRunning(ExtensionContext context) {
        return Contexts.store(context).get(new OfClass(settings(context).owner())) != null;
    }

    private static TestRegistry registry(ExtensionContext context, Object key, Settings settings) {
        return Contexts.store(context)
                .getOrComputeIfAbsent(key, absent -> TestRegistry.start(settings), TestRegistry.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        boolean asksForAddress = parameter.isAnnotated(RegistryAddress.class);
        if (asksForAddress && type != String.class) {
            throw new ParameterResolutionException(
                    "@RegistryAddress is for parameters of type String, and this one is a " + type.getName());
        }
        return TestRegistry.provides(type) && (asksForAddress || type != String.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return registryFor(parameter, context).as(parameter.getParameter().getType());
    }

    private TestRegistry registryFor(ParameterContext parameter, ExtensionContext context) {
        if (!isAheadOfTest(context)) {
            return registry(context);
        }
        if (parameter.getDeclaringExecutable() instanceof Constructor && !Contexts.hasSharedInstance(context)) {
            return handover.registry(context, () -> TestRegistry.start(settings(context)));
        }
        throw ConstructorHandover.onceForAllTests();
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext instance, ExtensionContext context)
            throws IOException {
        if (isAheadOfTest(context)) {
            handover.begin(context, instance.getOuterInstance());
        }
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation,
            ReflectiveInvocationContext<Constructor<T>> invocationContext,
            ExtensionContext context)
            throws Throwable {
        return isAheadOfTest(context) ? handover.construct(invocation, context) : invocation.proceed();
    }

    /** Whether a registry is wanted for a test whose context is not there yet. */
    private boolean isAheadOfTest(ExtensionContext context) {
        return !Contexts.isOfTest(context) && settings(context).scope() == RegistryScope.PER_METHOD;
    }

    private record OfClass(Object owner) {}

    /** A key for a test's registry that is not found from the contexts below, which may be tests themselves. */
    private record OfTest(String test, Object owner) {

        static OfTest of(ExtensionContext context, Object owner) {
            return new OfTest(context.getUniqueId(), owner);
        }
    }
}
