package dev.berth.registry.jetty.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of {@code -----BEGIN …-----} blocks (RFC 7468). Text around the blocks is left out. */
final class Pem {

    /** Every root certificate that there is makes a fifth of this. */
    private static final long MOST_BYTES = 1 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** What stands between a beginning and an end; lines with a colon are from before PKCS#8 and say it is encrypted. */
    record Block(String type, String text, Path file) {

        boolean isCertificate() {
            return type.equals("CERTIFICATE") || type.equals("X509 CERTIFICATE");
        }

        boolean isPrivateKey() {
            return type.endsWith("PRIVATE KEY");
        }

        boolean isEncrypted() {
            return type.startsWith("ENCRYPTED") || text.contains("ENCRYPTED");
        }

        byte[] bytes() throws IOException {
            try {
                return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " is damaged: what stands in its " + type + " is not Base64", e);
            }
        }
    }

    /** The blocks of a file, in order. {@code what} is what the file is for, to be told if it cannot be read. */
    static List<Block> read(Path file, String what) throws IOException {
        String text = new String(bytes(file, what), StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2), file));
        }
        if (blocks.isEmpty()) {
            throw new IOException(
                    "The " + what + " " + file + " is not in PEM, whose blocks begin with -----BEGIN …-----; "
                            + "one in DER can be turned into it by openssl, with -inform der");
        }
        return blocks;
    }

    static byte[] bytes(Path file, String what) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("The " + what + " " + file + " is a directory; a file is expected");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("The " + what + " " + file + " is larger than " + MOST_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("The " + what + " " + file + " is not there", e);
        } catch (AccessDeniedException e) {
            throw new IOException("The " + what + " " + file + " may not be read by the user who runs this", e);
        }
    }

    /** The certificates of a file, of which there is at least one. */
    static List<X509Certificate> certificates(Path file, String what) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        List<Block> blocks = read(file, what);
        for (Block block : blocks) {
            if (block.isCertificate()) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException("The " + what + " " + file + " has no certificate but "
                    + blocks.get(0).type() + "; -----BEGIN CERTIFICATE----- is expected");
        }
        return certificates;
    }

    private static X509Certificate certificate(Block block) throws IOException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException e) {
            throw new IOException(block.file() + " is damaged: a certificate in it cannot be read", e);
        }
    }

    static String write(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(write("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException("The certificate has no encoding", e);
            }
        }
        return text.toString();
    }

    static String write(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + type + "-----\n";
    }
}
