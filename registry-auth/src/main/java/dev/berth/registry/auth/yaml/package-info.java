/** YAML whose errors have lines. Not for the users of this module. */
@NullMarked
package dev.berth.registry.auth.yaml;

import org.jspecify.annotations.NullMarked;
