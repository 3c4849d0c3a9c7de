package dev.berth.benchmarks.servers;

import dev.berth.benchmarks.HttpSocket;
import dev.berth.benchmarks.SampleImage;
import dev.berth.registry.jetty.RegistryServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Many registries in one JVM, all used and all alive; it answers on its port when they are.
 *
 * <p>Arguments: the port; how many.
 */
public final class ManyRegistries {

    private ManyRegistries() {}

    /** Runs it until it is stopped. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<RegistryServer> servers = new ArrayList<>();
        int count = Integer.parseInt(args[1]);
        for (int i = 0; i < count - 1; i++) {
            RegistryServer server = RegistryServer.start();
            servers.add(server);
            use(server);
        }
        RegistryServer last =
                RegistryServer.builder().port(Integer.parseInt(args[0])).start();
        servers.add(last);
        last.join();
        servers.forEach(RegistryServer::close);
    }

    private static void use(RegistryServer server) throws IOException {
        SampleImage.push(server.port());
        try (HttpSocket http = new HttpSocket(server.port())) {
            http.send("GET", SampleImage.MANIFEST, new byte[0]).require(200);
        }
    }
}
