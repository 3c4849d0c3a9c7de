package dev.berth.registry.auth.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Finds the public half of a private key. */
final class PublicHalf {

    /** What stands before the point in a private key on P-256 that holds its public half (RFC 5915, section 3). */
    private static final byte[] POINT_FOLLOWS = HexFormat.of().parseHex("a14403420004");

    /** What stands before the point in a public key on P-256 (RFC 5480, section 2). */
    private static final byte[] PUBLIC_KEY =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private static final int POINT = 64;

    private PublicHalf() {}

    static PublicKey of(PrivateKey secret, byte[] der) throws GeneralSecurityException {
        if (secret instanceof RSAPrivateCrtKey rsa) {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        if (secret instanceof EdECPrivateKey ed) {
            return of(ed);
        }
        if (secret instanceof ECPrivateKey) {
            return ofPoint(der);
        }
        throw new GeneralSecurityException("The key does not say its public half");
    }

    private static PublicKey ofPoint(byte[] der) throws GeneralSecurityException {
        int point = der.length - POINT;
        int head = point - POINT_FOLLOWS.length;
        if (head < 0 || !Arrays.equals(POINT_FOLLOWS, Arrays.copyOfRange(der, head, point))) {
            throw new GeneralSecurityException("The key is not on P-256, or does not hold its public half");
        }
        byte[] encoded = Arrays.copyOf(PUBLIC_KEY, PUBLIC_KEY.length + POINT);
        System.arraycopy(der, point, encoded, PUBLIC_KEY.length, POINT);
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** A pair is made from 32 random bytes, and those are the private key: with the same bytes it is the same pair. */
    private static PublicKey of(EdECPrivateKey secret) throws GeneralSecurityException {
        byte[] seed = secret.getBytes()
                .orElseThrow(() -> new GeneralSecurityException("The key does not give its bytes away"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EdDSA");
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return generator.generateKeyPair().getPublic();
    }
}
