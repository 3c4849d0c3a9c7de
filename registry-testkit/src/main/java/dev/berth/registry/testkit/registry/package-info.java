/** The published suite for registries: what {@code Registry} promises, whatever stands behind it. */
@NullMarked
package dev.berth.registry.testkit.registry;

import org.jspecify.annotations.NullMarked;
