/** Images, indexes and artifacts made and read in Java. */
@NullMarked
package dev.berth.registry.image;

import org.jspecify.annotations.NullMarked;
