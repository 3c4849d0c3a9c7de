/**
 * The protocols of the OCI Distribution Specification and Docker's registry API as a function from a {@link
 * dev.berth.registry.http.RegistryRequest} to a {@link dev.berth.registry.http.RegistryResponse}, with no HTTP server in
 * sight.
 *
 * <p>A request's path is read once, into a {@link dev.berth.registry.http.Route}; with the method it makes an {@link
 * dev.berth.registry.http.Endpoint}. {@link dev.berth.registry.http.HttpFilter}s see both. A binding to a server turns that
 * server's requests into these and pumps the bodies.
 */
@NullMarked
package dev.berth.registry.http;

import org.jspecify.annotations.NullMarked;
