package dev.berth.registry.jetty.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * A private key in PEM, and the certificates it belongs to. Java reads PKCS#8 alone; the older forms, PKCS#1 and SEC 1, are
 * what stands within a PKCS#8 beside the name of the algorithm. The certificate has that name, curve and all.
 */
final class PemKey {

    private static final String CERTIFICATES = "certificate file";
    private static final String KEY = "key file";

    private PemKey() {}

    static CertifiedKey read(Path certificateFile, Path keyFile) throws IOException {
        List<X509Certificate> chain = Pem.certificates(certificateFile, CERTIFICATES);
        PublicKey publicKey = chain.get(0).getPublicKey();
        PrivateKey key = privateKey(keyBlock(keyFile), publicKey);
        if (!CertifiedKey.belong(key, publicKey)) {
            throw doesNotBelong(keyFile, certificateFile, chain, key);
        }
        return new CertifiedKey(key, chain);
    }

    private static Pem.Block keyBlock(Path file) throws IOException {
        List<Pem.Block> blocks = Pem.read(file, KEY);
        for (Pem.Block block : blocks) {
            if (block.isPrivateKey()) {
                if (block.isEncrypted()) {
                    throw new IOException("The " + KEY + " " + file + " is encrypted; one that is not is expected, as "
                            + "\"openssl pkey\" writes it");
                }
                return block;
            }
        }
        throw new IOException("The " + KEY + " " + file + " has no private key but "
                + blocks.get(0).type() + "; -----BEGIN PRIVATE KEY----- is expected");
    }

    private static PrivateKey privateKey(Pem.Block block, PublicKey publicKey) throws IOException {
        String algorithm = publicKey.getAlgorithm();
        requireSameKind(block, algorithm);
        byte[] encoded = block.type().equals("PRIVATE KEY") ? block.bytes() : pkcs8(block.bytes(), publicKey);
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The " + KEY + " " + block.file() + " has no private key of the kind that its certificate is for, "
                            + algorithm + ", or is damaged",
                    e);
        }
    }

    private static void requireSameKind(Pem.Block block, String algorithm) throws IOException {
        String kind = block.type().replace("PRIVATE KEY", "").strip();
        if (!kind.isEmpty() && !kind.equals(algorithm)) {
            throw new IOException("The " + KEY + " " + block.file() + " has a key for " + kind
                    + ", and the certificate is for " + algorithm);
        }
    }

    /** {@code PrivateKeyInfo} of RFC 5208: version, algorithm, key. */
    private static byte[] pkcs8(byte[] key, PublicKey publicKey) {
        return Der.sequence(
                Der.integer(BigInteger.ZERO), Der.firstWithin(publicKey.getEncoded()), Der.octetString(key));
    }

    private static IOException doesNotBelong(
            Path keyFile, Path certificateFile, List<X509Certificate> chain, PrivateKey key) {
        String message = "The private key in " + keyFile + " does not belong to the first certificate in "
                + certificateFile + ", " + CertifiedKey.describe(chain.get(0));
        for (int i = 1; i < chain.size(); i++) {
            if (CertifiedKey.belong(key, chain.get(i).getPublicKey())) {
                message += "; it belongs to number " + (i + 1) + ", which has to come first";
            }
        }
        return new IOException(message);
    }
}
