/** How much repositories may hold, and how much they do: what {@code QuotaRegistry} holds pushes to. */
@NullMarked
package dev.berth.registry.quota;

import org.jspecify.annotations.NullMarked;
