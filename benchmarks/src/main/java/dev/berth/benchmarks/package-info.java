/** Programs that measure this registry beside its peers, on the same machine and in the same run, and print ratios. */
@NullMarked
package dev.berth.benchmarks;

import org.jspecify.annotations.NullMarked;
