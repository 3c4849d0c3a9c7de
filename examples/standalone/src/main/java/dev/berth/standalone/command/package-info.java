/** What the program does besides serving: a class for each command, and {@link dev.berth.standalone.command.Commands} to find it. */
@NullMarked
package dev.berth.standalone.command;

import org.jspecify.annotations.NullMarked;
