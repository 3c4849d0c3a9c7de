package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.http.HttpOptions;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.storage.memory.MemoryStorage;
import dev.berth.registry.testkit.http.RegistryClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry beside an application's own pages, on the application's own Jetty. */
class RegistryJettyHandlerTest {

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);

    @BeforeEach
    void startTheApplication() throws Exception {
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        PathMappingsHandler paths = new PathMappingsHandler();
        paths.addMapping(
                PathSpec.from("/v2/*"),
                new RegistryJettyHandler(
                        RegistryHandler.of(new StoredRegistry(new MemoryStorage()), HttpOptions.defaults())));
        paths.addMapping(PathSpec.from("/hello"), new Hello());
        jetty.setHandler(paths);
        jetty.start();
    }

    @AfterEach
    void stopTheApplication() throws Exception {
        jetty.stop();
    }

    @Test
    void bothAreServed() {
        byte[] blob = "content".getBytes(StandardCharsets.UTF_8);
        RegistryClient client = new RegistryClient(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/"));

        String digest = client.pushBlob("team/app", blob);

        assertThat(client.send("GET", "/v2/").status()).isEqualTo(200);
        assertThat(client.send("GET", "/v2/team/app/blobs/" + digest).body()).isEqualTo(blob);
        assertThat(client.send("GET", "/hello").text()).isEqualTo("hello");
        assertThat(client.send("GET", "/other").status()).isEqualTo(404);
    }

    private static final class Hello extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.write(true, BufferUtil.toBuffer("hello"), callback);
            return true;
        }
    }
}
