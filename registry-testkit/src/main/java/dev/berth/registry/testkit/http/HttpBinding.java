package dev.berth.registry.testkit.http;

import dev.berth.registry.http.RegistryHandler;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;

/** Serves a handler over HTTP on a free port of the loopback interface. */
public interface HttpBinding extends AutoCloseable {

    /** Begins to serve. Called once. */
    URI start(RegistryHandler handler) throws IOException;

    /** A client that can talk to what is served: over plain HTTP/1.1, unless a binding has more to say. */
    default HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    }

    /** A connection to what is served, for a client that writes HTTP/1.1 by hand; encrypted where the binding is. */
    default Socket connect(URI base) throws IOException {
        return new Socket(base.getHost(), base.getPort());
    }

    /** Stops serving. */
    @Override
    void close() throws IOException;
}
