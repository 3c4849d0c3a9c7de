/**
 * The registry served by Jetty: {@link dev.berth.registry.jetty.RegistryServer} brings its own, {@link
 * dev.berth.registry.jetty.RegistryJettyHandler} goes into one that an application has.
 */
@NullMarked
package dev.berth.registry.jetty;

import org.jspecify.annotations.NullMarked;
