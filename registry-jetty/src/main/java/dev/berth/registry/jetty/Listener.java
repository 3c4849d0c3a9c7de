package dev.berth.registry.jetty;

import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.jetty.tls.Tls;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Jetty of our own, with one port and no more of Jetty than that takes. */
final class Listener implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /** No thread waits for a client, so this many serve any number of them. */
    private static final int MAX_THREADS = 36;

    /** How long a thread waits for more to do. Where nothing happens there is but the one that waits for connections. */
    private static final Duration REST = Duration.ofMillis(500);

    /** Room for a long token and for a dozen tags in a query. */
    private static final int HEAD_SIZE = 32 << 10;

    private final Server server;
    private final ServerConnector connector;
    private final GracefulHandler exchanges;
    private final Duration stopTimeout;
    private final String host;
    private final String scheme;
    private final int port;

    private Listener(
            Server server,
            ServerConnector connector,
            GracefulHandler exchanges,
            Duration stopTimeout,
            String host,
            String scheme) {
        this.server = server;
        this.connector = connector;
        this.exchanges = exchanges;
        this.stopTimeout = stopTimeout;
        this.host = host;
        this.scheme = scheme;
        this.port = connector.getLocalPort();
    }

    /** @param prompt whether {@code handler} waits for nothing but a disk, as things are now */
    static Listener start(
            String host,
            int port,
            Optional<Tls> tls,
            RegistryHandler handler,
            BooleanSupplier prompt,
            Duration stopTimeout,
            Duration idleTimeout)
            throws IOException {
        // Nothing of TLS is so much as loaded where it is not asked for.
        Optional<TlsProtocols> encrypted = tls.isPresent() ? Optional.of(TlsProtocols.of(tls.get())) : Optional.empty();
        // Jetty's own queue takes 32 KiB from the beginning.
        QueuedThreadPool threads =
                new QueuedThreadPool(MAX_THREADS, 1, (int) REST.toMillis(), new LinkedBlockingQueue<>());
        threads.setName("berth");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        threads.setMaxEvictCount(MAX_THREADS);
        Server server = new Server(
                threads, Timer.restingAfter(REST), SharedBuffers.ofAll().pool());
        server.setStopAtShutdown(false);
        server.setStopTimeout(0);
        server.setErrorHandler(new JsonErrors());
        Handler exchange = new RegistryJettyHandler(handler, prompt);
        // With TLS the keys are worked on by the thread that handles the request, which takes time.
        GracefulHandler exchanges =
                new GracefulHandler(encrypted.isPresent() ? exchange : new PromptHandler(exchange, prompt));
        server.setHandler(exchanges);
        // The selector accepts: a thread that does nothing else would cost a test more than it gains a server.
        HttpConnectionFactory http = new HttpConnectionFactory(configuration());
        // What is pushed is read in pieces of this size. A connection has such a buffer only as long as there is
        // something in it.
        http.setInputBufferSize(BodyPump.BUFFER_SIZE);
        ConnectionFactory[] protocols =
                encrypted.isPresent() ? encrypted.get().over(http) : new ConnectionFactory[] {http};
        ServerConnector connector = new Connector(server, protocols);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(idleTimeout.toMillis());
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        open(connector, host, port);
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new IOException("The server on " + host + ":" + port + " could not be started", e);
        }
        encrypted.ifPresent(e -> e.watch(connector.getScheduler()));
        return new Listener(server, connector, exchanges, stopTimeout, host, encrypted.isPresent() ? "https" : "http");
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(HEAD_SIZE);
        // Core reads paths as they came and lets none through that is not plain; Jetty need not.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }

    private static void open(ServerConnector connector, String host, int port) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            BindException named = new BindException("Cannot listen on " + host + ":" + port + ": " + reason(e)
                    + "; choose another port, or 0 for a free one");
            named.initCause(e);
            throw named;
        }
    }

    private static String reason(IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    String address() {
        String shown = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        boolean any = shown.equals("0.0.0.0") || shown.equals("[::]");
        return (any ? "127.0.0.1" : shown) + ":" + port;
    }

    String scheme() {
        return scheme;
    }

    int port() {
        return port;
    }

    boolean isRunning() {
        return server.isRunning() && connector.isRunning();
    }

    void join() throws InterruptedException {
        server.join();
    }

    /** Jetty's own way to stop would wait for connections that are idle, too; what counts is requests. */
    @Override
    public void close() {
        connector.close();
        if (server.isRunning()) {
            awaitExchanges();
        }
        stop(server);
    }

    private void awaitExchanges() {
        try {
            exchanges.shutdown().get(stopTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.info(
                    "{} requests are cut off, which have not ended within {}",
                    exchanges.getCurrentRequestCount(),
                    stopTimeout);
        } catch (ExecutionException e) {
            LOG.debug("The requests in flight could not be waited for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            // Stopping goes on past what fails, so that nothing is left open; who closes can do nothing about it.
            LOG.debug("The server did not stop cleanly", e);
        }
    }

    /** Accepts connections that bodies can put their bytes into themselves. */
    private static final class Connector extends ServerConnector {

        /** More than these would wait for a disk, or a network, that is as busy as it can be. */
        private static final int MAX_SENDERS = 4;

        private final List<LargeBodySender> senders = new ArrayList<>();
        private final AtomicInteger accepted = new AtomicInteger();

        Connector(Server server, ConnectionFactory... protocols) {
            super(server, null, null, null, 0, -1, protocols);
            for (int i = 0; i < Math.min(MAX_SENDERS, Runtime.getRuntime().availableProcessors()); i++) {
                senders.add(new LargeBodySender());
            }
        }

        @Override
        protected void doStop() throws Exception {
            try {
                super.doStop();
            } finally {
                senders.forEach(LargeBodySender::stop);
            }
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(SocketChannel socket, ManagedSelector selector, SelectionKey key) {
            LargeBodySender sender = senders.get(Math.floorMod(accepted.getAndIncrement(), senders.size()));
            SendBuffer buffer = SendBuffer.of(socket, getConnectedEndPoints().size());
            DirectEndPoint endPoint = new DirectEndPoint(socket, selector, key, getScheduler(), sender, buffer);
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
        }
    }
}
