package dev.berth.registry.junit5;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Finds the annotation that says what a test's registry is like: the one on the innermost annotated class or, if there is
 * none, the one that all annotated fields agree on.
 */
final class AnnotatedSettings {

    private AnnotatedSettings() {}

    static Settings of(ExtensionContext context) {
        List<AnnotatedField> fields = new ArrayList<>();
        Class<?> owner = context.getRequiredTestClass();
        for (Class<?> testClass : classes(context)) {
            List<AnnotatedField> here = AnnotatedField.of(testClass);
            fields.addAll(here);
            Optional<RegistryExtension> annotation =
                    AnnotationSupport.findAnnotation(testClass, RegistryExtension.class);
            if (annotation.isPresent()) {
                fields.forEach(field -> requireBare(field, testClass));
                return settings(testClass, annotation.get(), annotation.get().scope());
            }
            owner = here.isEmpty() ? owner : testClass;
        }
        return ofFields(owner, fields);
    }

    /** The class of a test and those around it, innermost first. */
    private static List<Class<?>> classes(ExtensionContext context) {
        return Contexts.outwards(context)
                .<Class<?>>flatMap(c -> c.getTestClass().stream())
                .distinct()
                .toList();
    }

    private static Settings ofFields(Class<?> owner, List<AnnotatedField> fields) {
        AnnotatedField first = fields.get(0);
        for (AnnotatedField field : fields) {
            if (field.isStatic() != first.isStatic() || !field.annotation().equals(first.annotation())) {
                throw new ExtensionConfigurationException(
                        first + " and " + field + " ask for different registries, and a"
                                + " test has one. Annotate the class with what it is to be like, and the fields with a bare"
                                + " @RegistryExtension; or take @RegisterExtension and RegistryJUnitExtension for several.");
            }
        }
        return settings(
                owner,
                first.annotation(),
                first.isStatic() ? RegistryScope.PER_CLASS : first.annotation().scope());
    }

    private static void requireBare(AnnotatedField field, Class<?> annotated) {
        if (!field.annotation().equals(Bare.class.getAnnotation(RegistryExtension.class))) {
            throw new ExtensionConfigurationException(
                    field + " says what the registry is like, and so does the annotation on " + annotated.getName()
                            + ". Say it there, and leave the field's annotation bare.");
        }
    }

    private static Settings settings(Class<?> owner, RegistryExtension annotation, RegistryScope scope) {
        Class<? extends RegistryCustomizer> type = annotation.configure();
        RegistryCustomizer customizer = type == RegistryCustomizer.class
                ? builder -> {}
                : builder -> instance(type, owner).customize(builder);
        return new Settings(
                owner,
                scope,
                annotation.reset(),
                TestClock::new,
                annotation.storage(),
                TestAccess.of(annotation),
                TestWays.of(annotation),
                Seeds.of(annotation),
                TestRecording.of(annotation),
                customizer);
    }

    private static RegistryCustomizer instance(Class<? extends RegistryCustomizer> type, Class<?> owner) {
        try {
            return ReflectionSupport.newInstance(type);
        } catch (Exception e) { // JUnit throws what it met, checked or not
            throw new ExtensionConfigurationException(
                    "@RegistryExtension(configure = " + type.getName() + ") on " + owner.getName() + " cannot be"
                            + " instantiated. It has to be a top-level or static nested class, not abstract, with a"
                            + " constructor that has no parameters and does not fail.",
                    e);
        }
    }

    @RegistryExtension
    private static final class Bare {}
}
