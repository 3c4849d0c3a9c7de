/**
 * What a registry elsewhere answered, kept in a directory that a person can read, for tests that need no network.
 *
 * <pre>{@code
 * try (RecordedRegistry hub = Recording.at(Path.of("src/test/resources/recordings/pull"))
 *                 .of("https://registry.example", Credentials.of("user", password));
 *         RegistryServer server = RegistryServer.builder().filter(hub).start()) {
 *     …                       // pull from server.address()
 * }
 * }</pre>
 *
 * <p>Run once with {@code -Dberth.record=all} this asks the registry, and writes down what it answers; from then on the directory
 * answers.
 */
@NullMarked
package dev.berth.registry.image.recording;

import org.jspecify.annotations.NullMarked;
