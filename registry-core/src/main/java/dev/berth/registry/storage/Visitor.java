package dev.berth.registry.storage;

import java.io.IOException;

/**
 * Is shown what a store keeps, one thing after the other.
 *
 * @param <T> what is shown
 */
@FunctionalInterface
public interface Visitor<T> {

    /** Looks at one. May delete it. What is thrown here ends the visit and comes out of it. */
    void visit(T found) throws IOException;
}
