package dev.berth.registry.jetty.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * How a server speaks TLS: with which key and certificate, from which version on, and whether its clients have to show a
 * certificate too.
 *
 * <pre>{@code
 * Tls tls = Tls.pem(Path.of("cert.pem"), Path.of("key.pem"));
 * RegistryServer.builder().tls(tls).start();
 * }</pre>
 *
 * <p>Immutable. Files are read when a server starts, not before, and again when they change. Nothing of what it says of itself
 * is secret.
 */
public final class Tls {

    /** Whether clients are asked for a certificate. */
    public enum ClientCertificates {
        /** They are not asked. */
        NONE,
        /** They may show one; one that is not good ends the connection. */
        WANTED,
        /** Without a good one there is no connection. */
        REQUIRED
    }

    private final Optional<KeySource> keys;
    private final Optional<SSLContext> context;
    private final TlsVersion minimumVersion;
    private final ClientCertificates clientCertificates;
    private final Optional<CertificateAuthorities> authorities;

    private Tls(
            Optional<KeySource> keys,
            Optional<SSLContext> context,
            TlsVersion minimumVersion,
            ClientCertificates clientCertificates,
            Optional<CertificateAuthorities> authorities) {
        this.keys = keys;
        this.context = context;
        this.minimumVersion = minimumVersion;
        this.clientCertificates = clientCertificates;
        this.authorities = authorities;
    }

    /**
     * With a key and certificates from files in PEM.
     *
     * @param certificates the server's certificate first, then those between it and the authority
     * @param key the private key, not encrypted: RSA, EC or Ed25519, in PKCS#8, PKCS#1 or SEC 1. It may be the same file
     */
    public static Tls pem(Path certificates, Path key) {
        return of(new KeySource.PemFiles(certificates, key));
    }

    /**
     * With the keys of a keystore, PKCS#12 or JKS. Of several the one is taken that a client's algorithms fit.
     *
     * @param password of the keystore and of the keys in it
     */
    public static Tls keyStore(Path file, String password) {
        return of(new KeySource.StoreFile(file, password));
    }

    /** With a key that is there already. */
    public static Tls of(CertifiedKey key) {
        return of(new KeySource.Given(key));
    }

    /** With a context that is there already, its keys and whom it trusts. */
    public static Tls of(SSLContext context) {
        return new Tls(
                Optional.empty(), Optional.of(context), TlsVersion.TLS_1_2, ClientCertificates.NONE, Optional.empty());
    }

    private static Tls of(KeySource keys) {
        return new Tls(
                Optional.of(keys), Optional.empty(), TlsVersion.TLS_1_2, ClientCertificates.NONE, Optional.empty());
    }

    /** The same from that version on; from TLS 1.2 on unless told. */
    public Tls withMinimumVersion(TlsVersion version) {
        return new Tls(keys, context, version, clientCertificates, authorities);
    }

    /**
     * The same for clients with a certificate of one of these authorities.
     *
     * @throws IllegalStateException if there is an {@link SSLContext}, which knows itself whom it trusts
     */
    public Tls withClientCertificates(ClientCertificates wish, CertificateAuthorities newAuthorities) {
        if (context.isPresent()) {
            throw new IllegalStateException("An SSLContext has authorities of its own: give it those of the clients");
        }
        return new Tls(keys, context, minimumVersion, wish, Optional.of(newAuthorities));
    }

    /**
     * The same for clients with a certificate that the {@link SSLContext} trusts.
     *
     * @throws IllegalStateException if there is none
     */
    public Tls withClientCertificates(ClientCertificates wish) {
        if (context.isEmpty() && wish != ClientCertificates.NONE) {
            throw new IllegalStateException(
                    "Whose certificates? Without an SSLContext the authorities have to be given");
        }
        return new Tls(keys, context, minimumVersion, wish, Optional.empty());
    }

    /** The versions to speak, as Java calls them. */
    public List<String> protocols() {
        return minimumVersion.protocols();
    }

    /** Whether clients are asked for a certificate. */
    public ClientCertificates clientCertificates() {
        return clientCertificates;
    }

    /** The files that {@link #load()} reads, to be watched for changes. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        keys.ifPresent(source -> files.addAll(source.files()));
        authorities.ifPresent(a -> files.addAll(a.files()));
        return List.copyOf(files);
    }

    /**
     * Reads the files and makes a context for a server's side of connections, or returns the one given.
     *
     * @throws IOException if a file cannot be used: the message says which, what is wrong with it, and what would be right
     */
    public SSLContext load() throws IOException {
        if (context.isPresent()) {
            return context.get();
        }
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            // An empty list, since for none at all Java would read the hundred authorities that it comes with.
            TrustManager[] trust = authorities.isPresent() ? authorities.get().trustManagers() : new TrustManager[0];
            made.init(keys.orElseThrow().keyManagers(), trust, null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS with " + this + " is not possible: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        String source = keys.map(KeySource::toString).orElse("a given SSLContext");
        String clients = authorities.map(a -> " by " + a).orElse("");
        return "TLS (" + source + ", " + minimumVersion + " or later, client certificates " + clientCertificates
                + clients + ")";
    }
}
