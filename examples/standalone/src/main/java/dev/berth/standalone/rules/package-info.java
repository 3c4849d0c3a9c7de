/** What stays, how much may come and what may not change: a file of rules. */
@NullMarked
package dev.berth.standalone.rules;

import org.jspecify.annotations.NullMarked;
