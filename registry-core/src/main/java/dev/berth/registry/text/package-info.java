/** How text from outside is shown to a person. */
@NullMarked
package dev.berth.registry.text;

import org.jspecify.annotations.NullMarked;
