package dev.berth.registry.auth.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/**
 * Keys from files, as Docker's registry takes them: a bundle of certificates and public keys ({@code rootcertbundle}), and a
 * JSON Web Key Set ({@code jwks}). A token names its key by {@code kid}, or comes with a chain of certificates in {@code x5c}
 * that ends at one of the bundle. Immutable.
 */
public final class KeyFiles implements TrustedKeys {

    private static final int LONGEST_CHAIN = 8;

    private final Map<String, VerificationKey> keys;
    private final Set<TrustAnchor> anchors;

    private KeyFiles(Map<String, VerificationKey> keys, Set<TrustAnchor> anchors) {
        this.keys = Map.copyOf(keys);
        this.anchors = Set.copyOf(anchors);
    }

    /**
     * Reads certificates and public keys in PEM.
     *
     * @throws IOException if the file cannot be read, or holds anything else
     */
    public static KeyFiles bundle(Path pem) throws IOException {
        PemKeys.Bundle bundle = PemKeys.readBundle(pem);
        Map<String, VerificationKey> keys = new HashMap<>();
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate certificate : bundle.certificates()) {
            anchors.add(new TrustAnchor(certificate, null));
            add(certificate.getPublicKey(), pem, keys);
        }
        for (PublicKey key : bundle.keys()) {
            add(key, pem, keys);
        }
        return new KeyFiles(keys, anchors);
    }

    /**
     * Reads a JSON Web Key Set (RFC 7517). Keys without {@code kid} are known by their fingerprint; what is no key for
     * signatures is left out.
     *
     * @throws IOException if the file cannot be read, or is none
     */
    public static KeyFiles keySet(Path json) throws IOException {
        return new KeyFiles(parse(Files.readString(json), json), Set.of());
    }

    /** These and others. */
    public KeyFiles plus(KeyFiles others) {
        Map<String, VerificationKey> allKeys = new HashMap<>(keys);
        allKeys.putAll(others.keys);
        Set<TrustAnchor> allAnchors = new HashSet<>(anchors);
        allAnchors.addAll(others.anchors);
        return new KeyFiles(allKeys, allAnchors);
    }

    /** Keys for something else, or of a kind that is not understood, are left out (RFC 7517, section 5). */
    static Map<String, VerificationKey> parse(String json, Object source) throws IOException {
        Map<String, VerificationKey> keys = new HashMap<>();
        try {
            for (JsonWebKey key : new JsonWebKeySet(json).getJsonWebKeys()) {
                verifying(key).ifPresent(found -> keys.put(found.id(), found));
            }
        } catch (JoseException e) {
            throw new IOException(source + " is not a JSON Web Key Set that is understood: " + e.getMessage(), e);
        }
        if (keys.isEmpty()) {
            throw new IOException(source
                    + " holds no public key for signatures, which is RSA of at least 2048 bits, EC on P-256, P-384 or P-521,"
                    + " or Ed25519");
        }
        return keys;
    }

    private static Optional<VerificationKey> verifying(JsonWebKey json) {
        // Secret keys are for tokens of another kind, and none of ours is ever checked by one.
        if (!(json.getKey() instanceof PublicKey open) || "enc".equals(json.getUse())) {
            return Optional.empty();
        }
        try {
            VerificationKey key = VerificationKey.of(open);
            boolean otherwise = json.getAlgorithm() != null && !key.algorithms().contains(json.getAlgorithm());
            String id = json.getKeyId() == null ? key.id() : json.getKeyId();
            return otherwise ? Optional.empty() : Optional.of(new VerificationKey(open, id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void add(PublicKey key, Path file, Map<String, VerificationKey> keys) throws IOException {
        try {
            VerificationKey found = VerificationKey.of(key);
            keys.put(found.id(), found);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<VerificationKey> find(Optional<String> id, List<String> chain, Instant now) {
        Optional<VerificationKey> known = id.map(keys::get);
        return known.isPresent() || chain.isEmpty() || anchors.isEmpty() ? known : certified(chain, now);
    }

    private Optional<VerificationKey> certified(List<String> chain, Instant now) {
        if (chain.size() > LONGEST_CHAIN) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (String encoded : chain) {
                X509Certificate certificate =
                        PemKeys.certificate(Base64.getMimeDecoder().decode(encoded), "x5c");
                if (isAnchor(certificate)) {
                    if (certificates.isEmpty()) {
                        certificate.checkValidity(Date.from(now));
                        return Optional.of(VerificationKey.of(certificate.getPublicKey()));
                    }
                    // Whoever signed it does not matter: it is trusted as it is.
                    break;
                }
                certificates.add(certificate);
            }
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(certificates), parameters);
            return Optional.of(VerificationKey.of(certificates.get(0).getPublicKey()));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isAnchor(X509Certificate certificate) {
        return anchors.stream().anyMatch(anchor -> certificate.equals(anchor.getTrustedCert()));
    }

    @Override
    public Object version() {
        return this;
    }
}
