/**
 * Which tags and manifests stay, and which go: a {@link dev.berth.registry.retention.RetentionPolicy} is made of rules that
 * people can read, and gives a reason for all that it decides. {@code StoredRegistry.retention} carries it out.
 */
@NullMarked
package dev.berth.registry.retention;

import org.jspecify.annotations.NullMarked;
