/**
 * What the command line, the environment and the configuration file say, as one value. Files and variables are those of
 * Docker's registry: {@link dev.berth.standalone.config.Settings} is the list, with what becomes of each.
 */
@NullMarked
package dev.berth.standalone.config;

import org.jspecify.annotations.NullMarked;
