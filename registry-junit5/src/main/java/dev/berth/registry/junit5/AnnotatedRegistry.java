package dev.berth.registry.junit5;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@link RegistryExtension} registers. */
final class AnnotatedRegistry extends RegistryCallbacks {

    AnnotatedRegistry() {}

    @Override
    Settings settings(ExtensionContext context) {
        return Contexts.store(context)
                .getOrComputeIfAbsent(
                        new Found(context.getRequiredTestClass()),
                        found -> AnnotatedSettings.of(context),
                        Settings.class);
    }

    @Override
    ExtensionContext home(ExtensionContext context, Settings settings) {
        return Contexts.outwards(context)
                .filter(c -> c.getTestClass().equals(Optional.of(settings.owner())))
                .reduce((inner, outer) -> outer)
                .orElseThrow();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        super.beforeAll(context);
        List<AnnotatedField> fields = AnnotatedField.staticOf(context.getRequiredTestClass());
        if (fields.isEmpty()) {
            return;
        }
        if (settings(context).scope() == RegistryScope.PER_METHOD) {
            throw new ExtensionConfigurationException(
                    fields.get(0) + " is static, so that all tests of the class share it,"
                            + " and each test has its own registry here. Make it an instance field, or the scope PER_CLASS.");
        }
        fields.forEach(field -> field.set(null, registry(context)));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        super.beforeEach(context);
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            List<AnnotatedField> fields = AnnotatedField.instanceOf(instance.getClass());
            if (!fields.isEmpty() && isOverwrittenByOtherTests(context)) {
                throw new ExtensionConfigurationException(
                        fields.get(0) + " is in an instance that runs several tests at the"
                                + " same time, and each test has its own registry here. Take the registry as a parameter of the"
                                + " test, or make the scope PER_CLASS.");
            }
            fields.forEach(field -> field.set(instance, registry(context)));
        }
    }

    private boolean isOverwrittenByOtherTests(ExtensionContext context) {
        return settings(context).scope() == RegistryScope.PER_METHOD
                && Contexts.hasSharedInstance(context)
                && context.getExecutionMode() == ExecutionMode.CONCURRENT
                && context.getConfigurationParameter("junit.jupiter.execution.parallel.enabled")
                        .map(Boolean::parseBoolean)
                        .orElse(false);
    }

    /** A key for the settings of a class, which take some reflection to find. */
    private record Found(Class<?> testClass) {}
}
