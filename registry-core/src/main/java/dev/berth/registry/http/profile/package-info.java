/**
 * Registries as they are found in the world, for tests of clients that have to get along with them: each a filter made of quirks.
 *
 * <pre>{@code
 * RegistryServer.builder().filter(RegistryProfile.ghcr()).start();
 * }</pre>
 */
@NullMarked
package dev.berth.registry.http.profile;

import org.jspecify.annotations.NullMarked;
