/** Access policies in files. */
@NullMarked
package dev.berth.registry.auth.policy;

import org.jspecify.annotations.NullMarked;
