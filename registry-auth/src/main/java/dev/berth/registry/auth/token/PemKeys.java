package dev.berth.registry.auth.token;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and certificates in PEM (RFC 7468). */
final class PemKeys {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

    private PemKeys() {}

    /** The public keys and certificates of a file, in order. */
    record Bundle(List<X509Certificate> certificates, List<PublicKey> keys) {}

    static Bundle readBundle(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        List<PublicKey> keys = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            byte[] der = der(block, file);
            switch (block.group(1)) {
                case "CERTIFICATE" -> certificates.add(certificate(der, file));
                case "PUBLIC KEY" -> keys.add(publicKey(der, file));
                default ->
                    throw new IOException(file + " holds a " + block.group(1)
                            + "; a bundle is of certificates (BEGIN CERTIFICATE) and public keys (BEGIN PUBLIC KEY)");
            }
        }
        if (certificates.isEmpty() && keys.isEmpty()) {
            throw new IOException(file + " holds neither a certificate nor a public key in PEM");
        }
        return new Bundle(List.copyOf(certificates), List.copyOf(keys));
    }

    static KeyPair readPair(Path file) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            if (block.group(1).equals("PRIVATE KEY")) {
                return pair(der(block, file), file);
            }
            if (block.group(1).endsWith("PRIVATE KEY")) {
                throw new IOException(file + " holds an " + block.group(1)
                        + "; convert it: openssl pkcs8 -topk8 -nocrypt -in " + file.getFileName() + " -out key.pem");
            }
        }
        throw new IOException(file + " holds no private key in PEM (BEGIN PRIVATE KEY)");
    }

    private static KeyPair pair(byte[] der, Path file) throws IOException {
        for (String kind : KINDS) {
            try {
                PrivateKey secret = KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
                return new KeyPair(PublicHalf.of(secret, der), secret);
            } catch (GeneralSecurityException e) {
                // It is of another kind.
            }
        }
        throw new IOException(
                file + " holds a private key of a kind that is not understood; RSA, EC on P-256 and Ed25519 are");
    }

    private static PublicKey publicKey(byte[] der, Path file) throws IOException {
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // It is of another kind.
            }
        }
        throw new IOException(file + " holds a public key of a kind that is not understood; RSA, EC and Ed25519 are");
    }

    static X509Certificate certificate(byte[] der, Object source) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IOException(source + " holds a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] der(Matcher block, Path file) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds a " + block.group(1) + " that is not base64", e);
        }
    }
}
