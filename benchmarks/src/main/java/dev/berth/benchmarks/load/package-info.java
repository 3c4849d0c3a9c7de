/** Clients that ask for more than other tools do: blobs as fast as they come, and thousands of clients that are slow. */
@NullMarked
package dev.berth.benchmarks.load;

import org.jspecify.annotations.NullMarked;
