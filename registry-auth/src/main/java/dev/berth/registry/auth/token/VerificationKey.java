package dev.berth.registry.auth.token;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.binary.Base32;
import org.apache.commons.codec.digest.DigestUtils;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * A key by which tokens are checked. Its kind says by which algorithm, whatever a token says: no token chooses how it is
 * checked. Immutable.
 *
 * @param key RSA, EC on P-256, P-384 or P-521, or Ed25519
 * @param id by which tokens name it in {@code kid}
 */
public record VerificationKey(PublicKey key, String id) {

    private static final int LEAST_RSA_BITS = 2048;

    /** @throws IllegalArgumentException if the key is of another kind, or too short */
    public VerificationKey {
        algorithm(key);
    }

    /**
     * A key under the identifier that Docker's registry gives it, the fingerprint of libtrust.
     *
     * @throws IllegalArgumentException if it is of another kind, or too short
     */
    public static VerificationKey of(PublicKey key) {
        byte[] digest = DigestUtils.sha256(key.getEncoded());
        String text = new Base32().encodeToString(Arrays.copyOf(digest, 30));
        return new VerificationKey(key, String.join(":", text.split("(?<=\\G.{4})")));
    }

    /** The algorithm by which it signs. */
    String algorithm() {
        return algorithm(key);
    }

    /** The algorithms of its tokens: that of its kind, which for RSA comes with digests of several lengths. */
    List<String> algorithms() {
        return key instanceof RSAPublicKey
                ? List.of(
                        AlgorithmIdentifiers.RSA_USING_SHA256,
                        AlgorithmIdentifiers.RSA_USING_SHA384,
                        AlgorithmIdentifiers.RSA_USING_SHA512)
                : List.of(algorithm());
    }

    PublicJsonWebKey json() {
        try {
            PublicJsonWebKey json = PublicJsonWebKey.Factory.newPublicJwk(key);
            json.setKeyId(id);
            json.setAlgorithm(algorithm());
            json.setUse("sig");
            return json;
        } catch (JoseException e) {
            throw new IllegalStateException("A key that has an algorithm can be written down", e);
        }
    }

    /** What others may know. */
    String publicJson() {
        return json().toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private static String algorithm(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            if (rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
                throw new IllegalArgumentException("An RSA key has at least " + LEAST_RSA_BITS + " bits, and this one "
                        + rsa.getModulus().bitLength());
            }
            return AlgorithmIdentifiers.RSA_USING_SHA256;
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            return switch (bits) {
                case 256 -> AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
                case 384 -> AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;
                case 521 -> AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512;
                default ->
                    throw new IllegalArgumentException(
                            "An EC key is on P-256, P-384 or P-521, and not on a curve of " + bits + " bits");
            };
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")) {
            return AlgorithmIdentifiers.EDDSA;
        }
        throw new IllegalArgumentException("A key for tokens is RSA, EC or Ed25519, and not " + key.getAlgorithm());
    }

    @Override
    public String toString() {
        return id + " (" + algorithm() + ")";
    }
}
