package dev.berth.registry.engine;

import java.util.List;

/**
 * What a verification has looked at and found.
 *
 * @param cancelled whether it ended early, and has not looked at all there is
 * @param blobs how many blobs and manifests it has read
 * @param bytes how many bytes these had
 * @param repositories how many it has looked at
 * @param manifests how many of their manifests it has followed
 * @param tags how many of their tags it has followed
 * @param damages how many things are wrong
 * @param found what is wrong, the first thousand
 */
public record VerificationReport(
        boolean cancelled,
        long blobs,
        long bytes,
        long repositories,
        long manifests,
        long tags,
        long damages,
        List<Damage> found) {

    /** Copies what it is given. */
    public VerificationReport {
        found = List.copyOf(found);
    }

    /** Whether nothing is wrong with what it has looked at. */
    public boolean clean() {
        return damages == 0;
    }
}
