/** What is remembered for as long as there is room for it. */
@NullMarked
package dev.berth.registry.recent;

import org.jspecify.annotations.NullMarked;
