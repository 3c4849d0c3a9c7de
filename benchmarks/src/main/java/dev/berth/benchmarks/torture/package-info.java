/** Ends a registry again and again while it is used, and looks whether it has kept its word. */
@NullMarked
package dev.berth.benchmarks.torture;

import org.jspecify.annotations.NullMarked;
