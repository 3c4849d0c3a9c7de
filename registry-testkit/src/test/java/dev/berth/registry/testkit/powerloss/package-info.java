/**
 * A file system that notes what is written to it, and can show what a power cut may leave of that: what was not forced may be
 * lost, kept, or kept in part.
 */
@NullMarked
package dev.berth.registry.testkit.powerloss;

import org.jspecify.annotations.NullMarked;
