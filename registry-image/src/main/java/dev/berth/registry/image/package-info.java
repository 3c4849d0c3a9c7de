/**
 * Images, indexes and artifacts made, read, pushed and pulled in Java.
 *
 * <pre>{@code
 * Image app = Image.builder()
 *         .layer(layer -> layer.file("/app/greeting", "hello").symlink("/bin/app", "/app/run"))
 *         .entrypoint("/bin/app")
 *         .label("team", "demo")
 *         .build();
 * app.pushTo(registry, "team/app", "1.0", "latest");
 *
 * Image pulled = Image.pull(registry, "team/app", "1.0");
 * pulled.config().labels();                           // {team=demo}
 * pulled.files().read("/app/greeting");               // hello
 * }</pre>
 *
 * <p>An {@link dev.berth.registry.image.Image} is a manifest with all that it refers to, wherever that is: made by a builder,
 * in a registry, or in a directory or archive. So whatever can be read can be pushed, and what was pushed can be compared
 * with what was built. Content flows through buffers of fixed size; only manifests and configurations are held in memory.
 */
@NullMarked
package dev.berth.registry.image;

import org.jspecify.annotations.NullMarked;
