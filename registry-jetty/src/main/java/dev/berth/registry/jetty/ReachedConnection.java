package dev.berth.registry.jetty;

import dev.berth.registry.http.RegistryRequest.Connection;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * How requests came, as core is told. Written down once for all the requests of a plain connection, as long as Jetty says the same
 * of each: what stands before a server may tell it otherwise from one request to the next.
 */
record ReachedConnection(
        @Nullable SocketAddress remote, @Nullable SocketAddress local, boolean secure, Connection connection) {

    private static final String ATTRIBUTE = ReachedConnection.class.getName();

    static Connection of(Request request) {
        ConnectionMetaData server = request.getConnectionMetaData();
        EndPoint.SslSessionData tls = server.getConnection().getEndPoint().getSslSessionData();
        if (tls != null) {
            return read(request, true, clientCertificates(tls));
        }
        boolean secure = request.isSecure();
        SocketAddress remote = server.getRemoteSocketAddress();
        SocketAddress local = server.getLocalSocketAddress();
        if (server.getAttribute(ATTRIBUTE) instanceof ReachedConnection known
                && known.secure == secure
                && Objects.equals(known.remote, remote)
                && Objects.equals(known.local, local)) {
            return known.connection;
        }
        Connection connection = read(request, secure, List.of());
        server.setAttribute(ATTRIBUTE, new ReachedConnection(remote, local, secure, connection));
        return connection;
    }

    private static Connection read(Request request, boolean secure, List<X509Certificate> certificates) {
        return new Connection(
                Request.getRemoteAddr(request),
                secure,
                Request.getLocalAddr(request) + ":" + Request.getLocalPort(request),
                certificates);
    }

    private static List<X509Certificate> clientCertificates(EndPoint.SslSessionData tls) {
        X509Certificate[] certificates = tls.peerCertificates();
        return certificates == null ? List.of() : List.of(certificates);
    }
}
