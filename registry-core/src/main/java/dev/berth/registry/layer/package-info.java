/**
 * Registries in front of registries: each changes one thing about the one it stands before, and works without HTTP too.
 */
@NullMarked
package dev.berth.registry.layer;

import org.jspecify.annotations.NullMarked;
