package dev.berth.registry.jetty.tls;

import dev.berth.registry.jetty.tls.CertificateWriter.Wish;
import dev.berth.registry.jetty.tls.Tls.ClientCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority to be thrown away, for tests, and what it issues. It is made within milliseconds and trusted by
 * nobody who has not been told to.
 *
 * <pre>{@code
 * TestCertificates certificates = TestCertificates.create();
 * try (RegistryServer server = RegistryServer.builder().tls(certificates.tls()).start()) {
 *     HttpClient client = HttpClient.newBuilder().sslContext(certificates.sslContext()).build();
 *     certificates.clientSetup(server.address()).writeCertsD(directory);
 *     …
 * }
 * }</pre>
 *
 * <p>Certificates are good from an hour ago for 30 days. Immutable; each call that issues one makes a new key.
 */
public final class TestCertificates {

    /** The names by which a registry on this machine is reached from itself and from containers on it. */
    private static final List<String> LOCAL = List.of(
            "localhost",
            "127.0.0.1",
            "::1",
            "host.docker.internal",
            "host.containers.internal",
            "host.testcontainers.internal");

    private static final Duration LIFE = Duration.ofDays(30);

    private final CertifiedKey authority;
    private final List<String> hosts;

    private TestCertificates(CertifiedKey authority, List<String> hosts) {
        this.authority = authority;
        this.hosts = hosts;
    }

    /**
     * Makes an authority.
     *
     * @param moreHosts names and addresses that its server certificates are for, beside {@code localhost}, {@code 127.0.0.1},
     *     {@code ::1} and those by which containers know this machine: {@code
     *     host.docker.internal}, {@code host.containers.internal}, {@code host.testcontainers.internal}; without ports
     */
    public static TestCertificates create(String... moreHosts) {
        List<String> hosts = new ArrayList<>(LOCAL);
        hosts.addAll(List.of(moreHosts));
        Instant now = Instant.now();
        Wish wish = new Wish("Berth test authority", List.of(), hourBefore(now), now.plus(LIFE));
        return new TestCertificates(CertificateWriter.authority(wish), List.copyOf(hosts));
    }

    /** The authority's own certificate. */
    public X509Certificate authority() {
        return authority.certificate();
    }

    /** The authority's own certificate in PEM, as {@code ca.crt} holds it. */
    public String authorityPem() {
        return authority.certificatePem();
    }

    /** The authority as one to trust. */
    public CertificateAuthorities authorities() {
        return CertificateAuthorities.of(List.of(authority()));
    }

    /** A new key and certificate for a server. */
    public CertifiedKey server() {
        Instant now = Instant.now();
        return server(hourBefore(now), now.plus(LIFE));
    }

    /** A new key and certificate for a server, good between two times: for one that has expired, or is not good yet. */
    public CertifiedKey server(Instant from, Instant until) {
        return CertificateWriter.issue(new Wish(hosts.get(0), hosts, from, until), authority);
    }

    /** A new key and certificate for a server, which expired an hour ago. */
    public CertifiedKey expiredServer() {
        Instant now = Instant.now();
        return server(now.minus(LIFE), hourBefore(now));
    }

    /** A new key and certificate for a client, whose common name is {@code name}. */
    public CertifiedKey client(String name) {
        Instant now = Instant.now();
        return client(name, hourBefore(now), now.plus(LIFE));
    }

    /** A new key and certificate for a client, good between two times. */
    public CertifiedKey client(String name, Instant from, Instant until) {
        return CertificateWriter.issue(new Wish(name, List.of(), from, until), authority);
    }

    /** TLS for a server, with a new certificate. */
    public Tls tls() {
        return Tls.of(server());
    }

    /** TLS for a server, with a new certificate, whose clients have to show a certificate of this authority. */
    public Tls tlsForKnownClients() {
        return tls().withClientCertificates(ClientCertificates.REQUIRED, authorities());
    }

    /** What a Java client needs to trust this authority and no other. */
    public SSLContext sslContext() {
        return sslContext(Optional.empty());
    }

    /** What a Java client needs to trust this authority and no other, and to show a certificate. */
    public SSLContext sslContext(CertifiedKey client) {
        return sslContext(Optional.of(client));
    }

    /** What docker, podman, containerd and their like need to trust this authority for a registry at {@code HOST:PORT}. */
    public ClientSetup clientSetup(String address) {
        return ClientSetup.trusting(address, authorityPem());
    }

    private SSLContext sslContext(Optional<CertifiedKey> client) {
        try {
            KeyManager[] keys = client.isPresent() ? client.get().keyManagers() : new KeyManager[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, authorities().trustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    private static Instant hourBefore(Instant time) {
        return time.minus(Duration.ofHours(1));
    }

    @Override
    public String toString() {
        return "a test authority that issues certificates for " + hosts;
    }
}
