package dev.berth.registry;

import dev.berth.registry.text.Quoted;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest algorithms that the OCI Image Specification registers and this registry keeps content by.
 *
 * <p>SHA-256 is the canonical one: what a client gets that does not ask for another.
 */
public enum DigestAlgorithm {
    SHA256("sha256", "SHA-256", 64),
    SHA512("sha512", "SHA-512", 128);

    private static final DigestAlgorithm[] ALL = values();

    private final String id;
    private final String jcaName;
    private final int hexLength;

    DigestAlgorithm(String id, String jcaName, int hexLength) {
        this.id = id;
        this.jcaName = jcaName;
        this.hexLength = hexLength;
    }

    /** The name before the colon in a digest, such as {@code sha256}. */
    public String id() {
        return id;
    }

    /** How many hexadecimal characters a digest of this algorithm has. */
    public int hexLength() {
        return hexLength;
    }

    /** A new hash function, for one thread at a time. */
    public MessageDigest newHash() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime lacks " + jcaName, e);
        }
    }

    /** Ends {@code hash}, which must come from {@link #newHash()}, and returns the digest of all it was given. */
    public Digest finish(MessageDigest hash) {
        return new Digest(this, HexFormat.of().formatHex(hash.digest()));
    }

    /** The digest of {@code content}. */
    public Digest digest(byte[] content) {
        return digest(ByteBuffer.wrap(content));
    }

    /** The digest of what remains in {@code content}, whose position stays where it is. */
    public Digest digest(ByteBuffer content) {
        MessageDigest hash = newHash();
        hash.update(content.duplicate());
        return finish(hash);
    }

    /**
     * The algorithm called {@code id}.
     *
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID} if there is none of that name
     */
    public static DigestAlgorithm of(String id) {
        return before(id.length(), id);
    }

    /** The algorithm that {@code text} begins with, up to {@code end}. */
    static DigestAlgorithm before(int end, String text) {
        for (DigestAlgorithm algorithm : ALL) {
            if (algorithm.id.length() == end && text.startsWith(algorithm.id)) {
                return algorithm;
            }
        }
        throw new RegistryException(
                ErrorCode.DIGEST_INVALID,
                "unsupported digest algorithm " + Quoted.of(text.substring(0, end)) + ": use sha256 or sha512");
    }

    @Override
    public String toString() {
        return id;
    }
}
