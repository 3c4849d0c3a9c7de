package dev.berth.benchmarks.servers;

import io.github.sgtsilvio.oci.registry.DistributionRegistryStorage;
import io.github.sgtsilvio.oci.registry.OciRegistryHandler;
import java.nio.file.Path;
import reactor.netty.DisposableServer;
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
        start(Integer.parseInt(args[0]), args[1]).onDispose().block();
    }

    /** Starts it in this JVM; port 0 takes a free one. */
    public static DisposableServer start(int port, String directory) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle(new OciRegistryHandler(new DistributionRegistryStorage(Path.of(directory))))
                .bindNow();
    }
}
