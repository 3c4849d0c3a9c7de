package dev.berth.benchmarks.servers;

import io.github.sgtsilvio.oci.registry.DistributionRegistryStorage;
import io.github.sgtsilvio.oci.registry.OciRegistryHandler;
import java.nio.file.Path;
import reactor.netty.http.server.HttpServer;

/**
 * The nearest library on the JVM, {@code io.github.sgtsilvio:oci-registry}, as its documentation starts it.
 *
 * <p>Arguments: the port; the directory.
 */
public final class OciRegistryLibrary {

    private OciRegistryLibrary() {}

    /** Runs it until it is stopped. */
    public static void main(String[] args) {
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .handle(new OciRegistryHandler(new DistributionRegistryStorage(Path.of(args[1]))))
                .bindNow()
                .onDispose()
                .block();
    }
}
