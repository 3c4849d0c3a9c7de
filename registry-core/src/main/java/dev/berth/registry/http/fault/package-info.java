/**
 * Faults as data, for tests of clients: what goes wrong, for which requests, and when.
 *
 * <pre>{@code
 * Faults faults = new Faults();
 * try (RegistryServer server = RegistryServer.builder().filter(faults).start()) {
 *     faults.on(blobGet()).times(2).resetAfter(1000);
 *     faults.on(manifestPut().in("team/app")).afterwards().status(500);
 *     faults.on(anyRequest()).chance(0.1, 42).delay(Duration.ofMillis(50));
 *     faults.on(blobGet()).lasting(Duration.ofSeconds(30)).status(503);
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.registry.http.fault;

import org.jspecify.annotations.NullMarked;
