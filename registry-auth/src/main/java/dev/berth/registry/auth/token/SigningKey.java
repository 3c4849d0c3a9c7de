package dev.berth.registry.auth.token;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;

/** A key that signs tokens: RSA of at least 2048 bits (RS256), EC on P-256 (ES256) or Ed25519 (EdDSA). Immutable. */
public final class SigningKey {

    private final PrivateKey secret;
    private final VerificationKey verification;

    private SigningKey(PrivateKey secret, VerificationKey verification) {
        this.secret = secret;
        this.verification = verification;
    }

    /**
     * A key.
     *
     * @throws IllegalArgumentException if it is of another kind, or too short
     */
    public static SigningKey of(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), VerificationKey.of(pair.getPublic()));
    }

    /** A new key on P-256, which every client and registry understands. */
    public static SigningKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return of(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has P-256", e);
        }
    }

    /**
     * Reads a private key in PKCS#8 PEM ({@code BEGIN PRIVATE KEY}), not encrypted, as {@code openssl genpkey} writes it.
     *
     * @throws IOException if the file cannot be read, or is none; the message says which
     */
    public static SigningKey read(Path pem) throws IOException {
        return of(PemKeys.readPair(pem));
    }

    /** The public half. */
    public VerificationKey verification() {
        return verification;
    }

    PrivateKey secret() {
        return secret;
    }

    PublicKey open() {
        return verification.key();
    }

    /** Its identifier, and nothing of the secret. */
    @Override
    public String toString() {
        return "signing key " + verification;
    }
}
