package dev.berth.registry.jetty.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whose signature on a certificate is believed. Immutable. */
public final class CertificateAuthorities {

    private final List<Path> files;
    private final List<X509Certificate> certificates;

    private CertificateAuthorities(List<Path> files, List<X509Certificate> certificates) {
        this.files = files;
        this.certificates = certificates;
    }

    /** Those whose certificates are in PEM files, any number in each. The files are read when a server starts. */
    public static CertificateAuthorities files(Path first, Path... more) {
        List<Path> files = new ArrayList<>(List.of(more));
        files.add(0, first);
        return new CertificateAuthorities(List.copyOf(files), List.of());
    }

    /**
     * Those who have these certificates.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CertificateAuthorities of(Collection<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("No authority is given; no certificate would be believed");
        }
        return new CertificateAuthorities(List.of(), List.copyOf(certificates));
    }

    List<Path> files() {
        return files;
    }

    /** What JSSE takes. */
    TrustManager[] trustManagers() throws IOException {
        List<X509Certificate> all = new ArrayList<>(certificates);
        for (Path file : files) {
            all.addAll(Pem.certificates(file, "file of certificate authorities"));
        }
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            for (int i = 0; i < all.size(); i++) {
                store.setCertificateEntry("authority-" + i, all.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate authorities in " + this + " cannot be used", e);
        }
    }

    @Override
    public String toString() {
        return files.isEmpty() ? certificates.size() + " given certificates" : files.toString();
    }
}
