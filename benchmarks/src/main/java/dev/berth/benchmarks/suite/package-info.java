/** What the rows of the suite have in common: turns, lines with goals, and how they are printed and drawn. */
@NullMarked
package dev.berth.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
