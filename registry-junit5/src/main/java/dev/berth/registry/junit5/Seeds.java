package dev.berth.registry.junit5;

import dev.berth.registry.Registry;
import dev.berth.registry.image.Image;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * What is in a test's registry when the test begins.
 *
 * @param images small images, by name and tag
 * @param seed what else
 */
record Seeds(List<String> images, RegistrySeed seed) {

    private static final int SIZE = 1000;

    static final Seeds NONE = new Seeds(List.of(), registry -> {});

    Seeds {
        images = List.copyOf(images);
    }

    static Seeds of(RegistryExtension annotation) {
        Class<? extends RegistrySeed> type = annotation.seed();
        RegistrySeed seed = type == RegistrySeed.class
                ? NONE.seed
                : registry -> instance(type).seed(registry);
        return new Seeds(List.of(annotation.images()), seed);
    }

    private static RegistrySeed instance(Class<? extends RegistrySeed> type) {
        try {
            return ReflectionSupport.newInstance(type);
        } catch (Exception e) { // JUnit throws what it met, checked or not
            throw new ExtensionConfigurationException(
                    "@RegistryExtension(seed = " + type.getName()
                            + ") cannot be instantiated. It has to be a top-level or static"
                            + " nested class, not abstract, with a constructor that has no parameters and does not fail.",
                    e);
        }
    }

    void plantIn(Registry registry) {
        try {
            for (String image : images) {
                int colon = image.lastIndexOf(':');
                if (colon <= 0) {
                    throw new ExtensionConfigurationException(
                            "An image is named with its tag, as in \"team/app:1.0\", and not \"" + image + "\"");
                }
                Image.random(image.hashCode(), SIZE)
                        .pushTo(registry, image.substring(0, colon), image.substring(colon + 1));
            }
            seed.seed(registry);
        } catch (ExtensionConfigurationException e) {
            throw e;
        } catch (Exception e) {
            throw new ExtensionConfigurationException("The test's registry could not be filled: " + e.getMessage(), e);
        }
    }
}
