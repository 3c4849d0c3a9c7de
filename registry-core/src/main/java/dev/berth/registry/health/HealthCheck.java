package dev.berth.registry.health;

import java.io.IOException;

/**
 * Finds out whether something works that a registry needs.
 *
 * @param name what to call it in reports, such as {@code storage}
 * @param probe finds out
 */
public record HealthCheck(String name, Probe probe) {

    /** How it is found out. */
    @FunctionalInterface
    public interface Probe {

        /**
         * Returns if all is well. Called by one thread at a time.
         *
         * @throws IOException if not; the message says what is wrong, to those who look after the registry
         */
        void check() throws IOException;
    }
}
