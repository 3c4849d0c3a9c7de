/**
 * The registry as a Java program sees it: {@link dev.berth.registry.Registry} and the values it speaks in.
 *
 * <p>Nothing here knows of HTTP or of how bytes are kept. Values check their own grammar when they are made, so a
 * {@link dev.berth.registry.RepositoryName} or a {@link dev.berth.registry.Digest} that exists is a valid one.
 */
@NullMarked
package dev.berth.registry;

import org.jspecify.annotations.NullMarked;
