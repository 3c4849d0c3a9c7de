/**
 * Where SLF4J's lines go: requests to standard output and all else to standard error, as in Docker's registry. It takes a few
 * classes, where a logging library would take a good part of the time that the start does.
 */
@NullMarked
package dev.berth.standalone.log;

import org.jspecify.annotations.NullMarked;
