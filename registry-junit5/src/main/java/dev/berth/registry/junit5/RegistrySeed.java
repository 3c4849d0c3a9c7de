package dev.berth.registry.junit5;

import dev.berth.registry.Registry;

/**
 * Puts content into a registry before a test begins. It goes beneath filters and faults, and needs no password.
 *
 * <pre>{@code
 * class Base implements RegistrySeed {
 *     @Override
 *     public void seed(Registry registry) throws Exception {
 *         Image.builder().file("/etc/os-release", "ID=test").build().pushTo(registry, "library/base", "1.0", "latest");
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface RegistrySeed {

    /** Fills a registry that has just started. What it throws fails the test. */
    void seed(Registry registry) throws Exception;
}
