package dev.berth.benchmarks.servers;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A limit: Jetty, set up as Berth sets it up, with a handler that answers the same bytes whatever it is asked.
 *
 * <p>Arguments: the port; the size of the answer in bytes.
 */
public final class BareJetty extends Handler.Abstract.NonBlocking {

    private final byte[] answer;

    private BareJetty(int size) {
        answer = new byte[size];
        ThreadLocalRandom.current().nextBytes(answer);
    }

    /** Runs it until it is stopped. */
    public static void main(String[] args) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(48, 2);
        threads.setReservedThreads(0);
        Server server = new Server(threads, null, new ArrayByteBufferPool(0, 4096, 128 << 10));
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(32 << 10);
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        http.setInputBufferSize(128 << 10);
        ServerConnector connector = new ServerConnector(server, null, null, null, 0, -1, http);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        server.setHandler(new BareJetty(Integer.parseInt(args[1])));
        server.start();
        server.join();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
        response.write(true, ByteBuffer.wrap(answer), callback);
        return true;
    }
}
