package dev.berth.registry.jetty.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A private key, and the certificates that say whose it is. Immutable. Nothing but {@link #key()} and {@link #keyPem()} gives
 * the key away.
 *
 * @param key the private key
 * @param chain the key's own certificate first, then those between it and the authority; never empty
 */
public record CertifiedKey(PrivateKey key, List<X509Certificate> chain) {

    /**
     * Puts a key and its certificates together.
     *
     * @throws IllegalArgumentException if the first certificate is not the key's, or if there is none
     */
    public CertifiedKey {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("There is no certificate");
        }
        if (!belong(key, chain.get(0).getPublicKey())) {
            throw new IllegalArgumentException(
                    "The private key does not belong to the first certificate, " + describe(chain.get(0)));
        }
    }

    /** The key's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The certificates in PEM, the key's own first. */
    public String certificatePem() {
        return Pem.write(chain);
    }

    /** The private key in PEM (PKCS#8), not encrypted. */
    public String keyPem() {
        return Pem.write("PRIVATE KEY", key.getEncoded());
    }

    /** What JSSE takes. */
    KeyManager[] keyManagers() throws IOException {
        try {
            // In memory, under no password that would protect anything: a JKS is made in no time, a PKCS#12 is not.
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry("key", key, new char[0], chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException("This Java takes no key of the kind " + key.getAlgorithm(), e);
        }
    }

    static boolean belong(PrivateKey key, PublicKey publicKey) {
        String algorithm = algorithm(publicKey);
        if (algorithm.isEmpty()) {
            // None that this class knows how to try out; JSSE will say what it thinks of it.
            return true;
        }
        try {
            byte[] sample = publicKey.getEncoded();
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            default -> "";
        };
    }

    static String describe(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        return "for " + (subject.isEmpty() ? "an empty subject" : subject);
    }

    @Override
    public String toString() {
        return "a key and certificate " + describe(certificate()) + ", valid until "
                + certificate().getNotAfter().toInstant();
    }
}
