/**
 * What happens in a registry, told to whoever listens: {@link dev.berth.registry.event.RegistryEvent} says what, {@link
 * dev.berth.registry.event.Events} tells it.
 */
@NullMarked
package dev.berth.registry.event;

import org.jspecify.annotations.NullMarked;
