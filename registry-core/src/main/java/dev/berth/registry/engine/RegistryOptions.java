package dev.berth.registry.engine;

import java.time.Clock;

/**
 * What a {@link StoredRegistry} can be told. Immutable; {@link #defaults()} is where to begin.
 *
 * @param referenceCheck what a manifest's references are held to
 * @param clock what tells when an upload began
 */
public record RegistryOptions(ReferenceCheck referenceCheck, Clock clock) {

    /** The options of a registry that was told nothing. */
    public static RegistryOptions defaults() {
        return new RegistryOptions(ReferenceCheck.ALL, Clock.systemUTC());
    }

    /** The same with another check of references. */
    public RegistryOptions withReferenceCheck(ReferenceCheck check) {
        return new RegistryOptions(check, clock);
    }

    /** The same with another clock. */
    public RegistryOptions withClock(Clock newClock) {
        return new RegistryOptions(referenceCheck, newClock);
    }
}
