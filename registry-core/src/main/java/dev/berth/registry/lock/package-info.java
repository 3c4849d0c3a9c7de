/** What keeps a directory for one process. */
@NullMarked
package dev.berth.registry.lock;

import org.jspecify.annotations.NullMarked;
