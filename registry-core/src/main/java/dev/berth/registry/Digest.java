package dev.berth.registry;

import dev.berth.registry.text.Quoted;
import org.jspecify.annotations.Nullable;

/** What content is known by: the algorithm and the hash of its bytes (OCI Image Specification, "Digests"). Immutable. */
public final class Digest implements Reference, Comparable<Digest> {

    private final DigestAlgorithm algorithm;
    private final String hex;

    /** Written once it is asked for, as each answer with a manifest does: who comes first does not matter. */
    private @Nullable String text;

    /**
     * A digest of an algorithm.
     *
     * @param algorithm the hash function
     * @param hex the hash in lower-case hexadecimal, as long as the algorithm says
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID} if {@code hex} is not a hash of that algorithm
     */
    public Digest(DigestAlgorithm algorithm, String hex) {
        if (hex.length() != algorithm.hexLength() || !isLowerHex(hex)) {
            throw new RegistryException(
                    ErrorCode.DIGEST_INVALID,
                    "invalid digest " + Quoted.of(algorithm.id() + ":" + hex) + ": " + algorithm.id() + " takes "
                            + algorithm.hexLength() + " lower-case hexadecimal characters after the colon");
        }
        this.algorithm = algorithm;
        this.hex = hex;
    }

    /**
     * Reads a digest as it is written in URLs and manifests: {@code sha256:…}.
     *
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID} if {@code text} is not one
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new RegistryException(
                    ErrorCode.DIGEST_INVALID,
                    "invalid digest " + Quoted.of(text)
                            + ": write the algorithm, a colon and the hash, as in sha256:…");
        }
        return new Digest(DigestAlgorithm.before(colon, text), text.substring(colon + 1));
    }

    /** The canonical (SHA-256) digest of {@code content}. */
    public static Digest of(byte[] content) {
        return DigestAlgorithm.SHA256.digest(content);
    }

    /** The hash function. */
    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    /** The hash in lower-case hexadecimal. */
    public String hex() {
        return hex;
    }

    /** In the order of the written form. */
    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    /** The written form, {@code sha256:…}. */
    @Override
    public String toString() {
        String written = text;
        if (written == null) {
            written = algorithm.id() + ":" + hex;
            text = written;
        }
        return written;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && algorithm == digest.algorithm && hex.equals(digest.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
