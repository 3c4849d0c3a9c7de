/** A storage in the heap: for tests, and for whatever need not outlive the process. */
@NullMarked
package dev.berth.registry.storage.memory;

import org.jspecify.annotations.NullMarked;
