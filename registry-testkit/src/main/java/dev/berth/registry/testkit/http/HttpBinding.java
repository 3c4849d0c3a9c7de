package dev.berth.registry.testkit.http;

import dev.berth.registry.http.RegistryHandler;
import java.io.IOException;
import java.net.URI;

/** Serves a handler over HTTP on a free port of the loopback interface. */
public interface HttpBinding extends AutoCloseable {

    /** Begins to serve. Called once. */
    URI start(RegistryHandler handler) throws IOException;

    /** Stops serving. */
    @Override
    void close() throws IOException;
}
