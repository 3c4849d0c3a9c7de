/** The rows of the suite: each measures one kind of work, beside whoever does it too. */
@NullMarked
package dev.berth.benchmarks.rows;

import org.jspecify.annotations.NullMarked;
