package dev.berth.registry.jetty;

import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.testkit.http.HttpBinding;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The binding that the contracts are held against. */
final class JettyHttpBinding implements HttpBinding {

    private Listener listener;

    @Override
    public URI start(RegistryHandler handler) throws IOException {
        listener = Listener.start(
                "127.0.0.1", 0, Optional.empty(), handler, () -> true, Duration.ofSeconds(1), Duration.ofSeconds(30));
        return URI.create("http://" + listener.address() + "/");
    }

    @Override
    public void close() {
        listener.close();
    }
}
