/** What Berth is measured beside: other registries, and servers that do nothing but the least that has to be done. */
@NullMarked
package dev.berth.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
