package dev.berth.registry.jetty.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes certificates for keys on P-256 (RFC 5280): an authority's own, and such as it issues. */
final class CertificateWriter {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern DNS = Pattern.compile("(\\*\\.)?[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final String SERVER_AND_CLIENT = "1.3.6.1.5.5.7.3.";

    private CertificateWriter() {}

    /** What a certificate is for, and until when. */
    record Wish(String commonName, List<String> hosts, Instant from, Instant until) {}

    static CertifiedKey authority(Wish wish) {
        KeyPair keys = newKeys();
        byte[] extensions = Der.sequence(
                extension("2.5.29.19", true, Der.sequence(Der.yes())),
                // keyCertSign and cRLSign.
                extension("2.5.29.15", true, Der.bitString(1, new byte[] {0x06})),
                extension("2.5.29.14", false, Der.octetString(keyId(keys.getPublic()))));
        byte[] name = name(wish.commonName);
        return new CertifiedKey(
                keys.getPrivate(),
                List.of(certificate(wish, name, name, keys.getPublic(), extensions, keys.getPrivate())));
    }

    static CertifiedKey issue(Wish wish, CertifiedKey authority) {
        KeyPair keys = newKeys();
        List<byte[]> extensions = new ArrayList<>();
        extensions.add(extension("2.5.29.19", true, Der.sequence()));
        // digitalSignature, which is all that these keys can do.
        extensions.add(extension("2.5.29.15", true, Der.bitString(7, new byte[] {(byte) 0x80})));
        extensions.add(extension(
                "2.5.29.37", false, Der.sequence(Der.oid(SERVER_AND_CLIENT + "1"), Der.oid(SERVER_AND_CLIENT + "2"))));
        extensions.add(extension("2.5.29.14", false, Der.octetString(keyId(keys.getPublic()))));
        byte[] authorityKeyId = keyId(authority.certificate().getPublicKey());
        extensions.add(extension("2.5.29.35", false, Der.sequence(Der.implicit(0, authorityKeyId))));
        if (!wish.hosts.isEmpty()) {
            byte[][] names =
                    wish.hosts.stream().map(CertificateWriter::hostName).toArray(byte[][]::new);
            extensions.add(extension("2.5.29.17", false, Der.sequence(names)));
        }
        X509Certificate certificate = certificate(
                wish,
                authority.certificate().getSubjectX500Principal().getEncoded(),
                name(wish.commonName),
                keys.getPublic(),
                Der.sequence(extensions.toArray(byte[][]::new)),
                authority.key());
        return new CertifiedKey(keys.getPrivate(), List.of(certificate));
    }

    private static X509Certificate certificate(
            Wish wish, byte[] issuer, byte[] subject, PublicKey key, byte[] extensions, PrivateKey signer) {
        byte[] content = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(126, new SecureRandom()).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                issuer,
                Der.sequence(Der.time(wish.from), Der.time(wish.until)),
                subject,
                key.getEncoded(),
                Der.explicit(3, extensions));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer);
            signature.update(content);
            byte[] whole = Der.sequence(content, ECDSA_WITH_SHA256, Der.bitString(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java makes and reads certificates on P-256", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has P-256", e);
        }
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        byte[] content = Der.octetString(value);
        return critical ? Der.sequence(Der.oid(oid), Der.yes(), content) : Der.sequence(Der.oid(oid), content);
    }

    private static byte[] keyId(PublicKey key) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8String(commonName))));
    }

    /** A {@code GeneralName}: an address, or else a name. */
    private static byte[] hostName(String host) {
        Optional<byte[]> address = address(host);
        if (address.isPresent()) {
            return Der.implicit(7, address.get());
        }
        if (!DNS.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "A certificate is for host names and addresses, without ports, and not for \"" + host + "\"");
        }
        return Der.implicit(2, host.getBytes(StandardCharsets.US_ASCII));
    }

    private static Optional<byte[]> address(String host) {
        if (!IPV4.matcher(host).matches() && host.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            // What looks like an address is not looked up.
            return Optional.of(InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("\"" + host + "\" is not an address", e);
        }
    }
}
