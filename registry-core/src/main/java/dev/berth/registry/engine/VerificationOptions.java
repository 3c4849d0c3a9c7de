package dev.berth.registry.engine;

import java.util.OptionalLong;

/**
 * What a {@link Verifier} can be told. Immutable; {@link #defaults()} is where to begin.
 *
 * @param quarantine whether altered blobs are moved out of everybody's reach, so that pushing them again heals
 * @param sparseIndexes whether an index may name manifests that are not there
 * @param bytesPerSecond how many bytes are read in a second at most; empty for as many as the storage gives
 */
public record VerificationOptions(boolean quarantine, boolean sparseIndexes, OptionalLong bytesPerSecond) {

    private static final VerificationOptions DEFAULTS = new VerificationOptions(false, false, OptionalLong.empty());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if no bytes are to be read
     */
    public VerificationOptions {
        if (bytesPerSecond.isPresent() && bytesPerSecond.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "At least 1 byte has to be read in a second, not " + bytesPerSecond.getAsLong());
        }
    }

    /** Changes nothing, takes missing manifests of an index for damage, and is as fast as it can be. */
    public static VerificationOptions defaults() {
        return DEFAULTS;
    }

    /** The same, with altered blobs moved away. Takes a registry that writes to the storage. */
    public VerificationOptions withQuarantine() {
        return new VerificationOptions(true, sparseIndexes, bytesPerSecond);
    }

    /** The same, for a registry that accepts indexes without their manifests. */
    public VerificationOptions withSparseIndexes() {
        return new VerificationOptions(quarantine, true, bytesPerSecond);
    }

    /** The same, with no more than this read in a second, so that others get at the disk too. */
    public VerificationOptions withBytesPerSecond(long limit) {
        return new VerificationOptions(quarantine, sparseIndexes, OptionalLong.of(limit));
    }
}
