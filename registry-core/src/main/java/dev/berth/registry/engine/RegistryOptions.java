package dev.berth.registry.engine;

import java.time.Clock;

/**
 * What a {@link StoredRegistry} can be told. Immutable; {@link #defaults()} is where to begin.
 *
 * @param referenceCheck what a manifest's references are held to
 * @param clock what tells when an upload began
 * @param manifestCache how many bytes of memory manifests may take that were read and may be asked for again; 0 for none
 * @param notesUses whether it is noted when what was last pulled, for {@link LastUses}; not unless told
 * @param checksManifests whether a manifest that comes from the storage is held to its digest, as it is unless told
 */
public record RegistryOptions(
        ReferenceCheck referenceCheck, Clock clock, long manifestCache, boolean notesUses, boolean checksManifests) {

    private static final long USUAL_CACHE = 16L << 20;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the cache is to have less than nothing
     */
    public RegistryOptions {
        if (manifestCache < 0) {
            throw new IllegalArgumentException("A cache has 0 bytes or more, not " + manifestCache);
        }
    }

    /** The options of a registry that was told nothing. */
    public static RegistryOptions defaults() {
        return new RegistryOptions(ReferenceCheck.ALL, Clock.systemUTC(), USUAL_CACHE, false, true);
    }

    /** The same with another check of references. */
    public RegistryOptions withReferenceCheck(ReferenceCheck check) {
        return new RegistryOptions(check, clock, manifestCache, notesUses, checksManifests);
    }

    /** The same with another clock. */
    public RegistryOptions withClock(Clock newClock) {
        return new RegistryOptions(referenceCheck, newClock, manifestCache, notesUses, checksManifests);
    }

    /** The same with another bound for the manifests kept in memory. */
    public RegistryOptions withManifestCache(long bytes) {
        return new RegistryOptions(referenceCheck, clock, bytes, notesUses, checksManifests);
    }

    /** The same, with notes of what is pulled, or without. */
    public RegistryOptions withNotesOfUses(boolean notes) {
        return new RegistryOptions(referenceCheck, clock, manifestCache, notes, checksManifests);
    }

    /**
     * The same, holding manifests from the storage to their digests, or not: a registry that does not serves what is damaged as if it were
     * not. For tests of clients, which are to notice.
     */
    public RegistryOptions withManifestsChecked(boolean check) {
        return new RegistryOptions(referenceCheck, clock, manifestCache, notesUses, check);
    }
}
