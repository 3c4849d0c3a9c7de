/** A registry by one command: {@code java -jar berth.jar}, in place of {@code docker run -p 5000:5000 registry:2}. */
@NullMarked
package dev.berth.standalone;

import org.jspecify.annotations.NullMarked;
