/**
 * The registry over a storage: what is linked where, what must exist before what, and in which order facts are written so
 * that a reader never sees half of a push.
 */
@NullMarked
package dev.berth.registry.engine;

import org.jspecify.annotations.NullMarked;
