/** Which repositories and tags a rule is about. */
@NullMarked
package dev.berth.registry.pattern;

import org.jspecify.annotations.NullMarked;
