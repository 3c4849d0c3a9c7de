package dev.berth.registry.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/** Makes connections with TLS whose handshake has an end, and which tell a client that speaks plain HTTP what is wrong. */
final class TlsConnections extends SslConnectionFactory {

    /** For all of the handshake: a client that sends a byte now and then is never idle. */
    private static final long HANDSHAKE_SECONDS = 15;

    private static final String PLAIN_HTTP_BODY =
            "{\"errors\":[{\"code\":\"UNSUPPORTED\",\"message\":\"this port speaks TLS: use https\"}]}\n";
    private static final String PLAIN_HTTP = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
            + "Connection: close\r\nContent-Length: " + PLAIN_HTTP_BODY.length() + "\r\n\r\n" + PLAIN_HTTP_BODY;

    TlsConnections(SslContextFactory.Server contexts, String next) {
        super(contexts, next);
        // It would put a wrapper around each request, to tell what the connection knows.
        setEnsureSecureRequestCustomizer(false);
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new TlsConnection(connector, endPoint, engine);
    }

    private final class TlsConnection extends SslConnection implements SslHandshakeListener {

        private final Scheduler.Task deadline;
        private boolean begun;

        TlsConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
            super(
                    connector.getByteBufferPool(),
                    connector.getExecutor(),
                    getSslContextFactory(),
                    endPoint,
                    engine,
                    isDirectBuffersForEncryption(),
                    isDirectBuffersForDecryption());
            deadline = connector.getScheduler().schedule(endPoint::close, HANDSHAKE_SECONDS, TimeUnit.SECONDS);
            addHandshakeListener(this);
        }

        @Override
        public void handshakeSucceeded(Event event) {
            deadline.cancel();
        }

        @Override
        public void onClose(Throwable cause) {
            deadline.cancel();
            super.onClose(cause);
        }

        @Override
        protected int networkFill(ByteBuffer input) throws IOException {
            int filled = super.networkFill(input);
            if (!begun && filled > 0) {
                begun = true;
                // The first byte of TLS is 22, that of HTTP a letter.
                if (input.get(input.position()) >= 'A') {
                    getEndPoint().write(Callback.NOOP, BufferUtil.toBuffer(PLAIN_HTTP, StandardCharsets.US_ASCII));
                    throw new SSLHandshakeException("The client speaks plain HTTP");
                }
            }
            return filled;
        }
    }
}
