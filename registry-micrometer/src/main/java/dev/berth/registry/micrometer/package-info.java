/** What a registry does, as meters of an application's own {@code MeterRegistry}. */
@NullMarked
package dev.berth.registry.micrometer;

import org.jspecify.annotations.NullMarked;
