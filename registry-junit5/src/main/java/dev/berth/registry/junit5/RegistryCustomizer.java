package dev.berth.registry.junit5;

import dev.berth.registry.jetty.RegistryServer;

/**
 * Sets what a test's registry differs in from the default. Called each time a registry is about to start, after storage has
 * been set, so that it has the last word.
 *
 * <pre>{@code
 * class ReadOnly implements RegistryCustomizer {
 *     @Override
 *     public void customize(RegistryServer.Builder builder) {
 *         builder.layer(ReadOnlyRegistry::new);
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface RegistryCustomizer {

    /** Changes the settings of a server that has not started. */
    void customize(RegistryServer.Builder builder);
}
