package dev.berth.registry.jetty;

import dev.berth.registry.jetty.tls.Tls;
import java.io.IOException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * TLS, and in it HTTP/2 or HTTP/1.1, whichever the client takes. There is one certificate for all names: Jetty's choice by the
 * name that the client gives, and its refusal of names that the certificate has not, are for hosts of many sites. Whether the
 * name is right is for the client to check; a registry does the same under any.
 */
final class TlsProtocols {

    /**
     * What an upload may send ahead of what is read of it. Whoever is 40 ms away sends no more than that in each 80: with the 512 KiB that
     * Jetty grants, an upload by HTTP/2 took twenty times as long there as one by HTTP/1.1.
     */
    static final int STREAM_WINDOW = 4 << 20;

    /** The same for all uploads of a connection together, which bounds what waits in memory for a slow disk. */
    static final int SESSION_WINDOW = 8 << 20;

    private final SslContextFactory.Server contexts;
    private final CertificateReload reload;

    private TlsProtocols(SslContextFactory.Server contexts, CertificateReload reload) {
        this.contexts = contexts;
        this.reload = reload;
    }

    static TlsProtocols of(Tls tls) throws IOException {
        CertificateReload reload = new CertificateReload(tls);
        SslContextFactory.Server contexts = new SslContextFactory.Server();
        contexts.setSslContext(tls.load());
        contexts.setIncludeProtocols(tls.protocols().toArray(String[]::new));
        contexts.setCipherComparator(HTTP2Cipher.COMPARATOR);
        contexts.setWantClientAuth(tls.clientCertificates() == Tls.ClientCertificates.WANTED);
        contexts.setNeedClientAuth(tls.clientCertificates() == Tls.ClientCertificates.REQUIRED);
        contexts.setRenegotiationAllowed(false);
        return new TlsProtocols(contexts, reload);
    }

    /** The protocols of a connector, the outermost first. */
    ConnectionFactory[] over(HttpConnectionFactory http1) {
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http1.getHttpConfiguration());
        http2.setInitialSessionRecvWindow(SESSION_WINDOW);
        http2.setInitialStreamRecvWindow(STREAM_WINDOW);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        SslConnectionFactory ssl = new TlsConnections(contexts, alpn.getProtocol());
        return new ConnectionFactory[] {ssl, alpn, http2, http1};
    }

    /** Takes up files that change, until the scheduler stops. */
    void watch(Scheduler scheduler) {
        reload.begin(scheduler, context -> contexts.reload(c -> c.setSslContext(context)));
    }
}
