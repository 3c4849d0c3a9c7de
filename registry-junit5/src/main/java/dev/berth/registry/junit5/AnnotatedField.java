package dev.berth.registry.junit5;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** A field that {@link RegistryExtension} is on. */
record AnnotatedField(Field field) {

    /** @throws ExtensionConfigurationException if no registry can be put there */
    AnnotatedField {
        if (Modifier.isFinal(field.getModifiers())) {
            throw new ExtensionConfigurationException(
                    name(field) + " is final. A registry is put there for each test.");
        }
        if (!TestRegistry.provides(field.getType())) {
            throw new ExtensionConfigurationException(
                    name(field) + " is a " + field.getType().getName()
                            + ". It may be a RegistryServer, a Registry, its Journal, Faults, Events, TestClock, TestCertificates, ClientSetup, MemoryStorage, FreezableRegistry or RecordedRegistry, or a String, which gets the address.");
        }
    }

    /** All of a class and its superclasses. */
    static List<AnnotatedField> of(Class<?> testClass) {
        return AnnotationSupport.findAnnotatedFields(
                        testClass, RegistryExtension.class, field -> true, HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .map(AnnotatedField::new)
                .toList();
    }

    static List<AnnotatedField> staticOf(Class<?> testClass) {
        return of(testClass).stream().filter(AnnotatedField::isStatic).toList();
    }

    static List<AnnotatedField> instanceOf(Class<?> testClass) {
        return of(testClass).stream().filter(field -> !field.isStatic()).toList();
    }

    boolean isStatic() {
        return Modifier.isStatic(field.getModifiers());
    }

    RegistryExtension annotation() {
        return AnnotationSupport.findAnnotation(field, RegistryExtension.class).orElseThrow();
    }

    void set(@Nullable Object instance, TestRegistry registry) {
        if (!field.trySetAccessible()) {
            throw new ExtensionConfigurationException(this + " is not accessible: its module has to open the package "
                    + field.getDeclaringClass().getPackageName() + " to "
                    + getClass().getModule());
        }
        try {
            field.set(instance, registry.as(field.getType()));
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException(this + " cannot be set", e);
        }
    }

    /** How errors begin. */
    @Override
    public String toString() {
        return name(field);
    }

    private static String name(Field field) {
        return "@RegistryExtension field " + field.getDeclaringClass().getName() + "." + field.getName();
    }
}
