/**
 * Registries elsewhere, reached over HTTP, as a {@link dev.berth.registry.Registry}: what is pushed, pulled and copied in this
 * process is so from and to another one.
 *
 * <pre>{@code
 * Registry hub = RemoteRegistry.at(URI.create("https://registry.example.com"), Credentials.of("user", "password"));
 * Image.pull(hub, "team/app", "1.0").pushTo(registry, "mirror/app", "1.0");
 * }</pre>
 */
@NullMarked
package dev.berth.registry.image.remote;

import org.jspecify.annotations.NullMarked;
