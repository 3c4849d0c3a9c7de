/**
 * What those ask who look after a registry, and not those who use it: {@link
 * dev.berth.registry.http.management.ManagementHandler} answers on a port of its own.
 */
@NullMarked
package dev.berth.registry.http.management;

import org.jspecify.annotations.NullMarked;
