/** What is done for each request, measured by itself in nanoseconds: to choose between two ways of doing it. */
@NullMarked
package dev.berth.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
