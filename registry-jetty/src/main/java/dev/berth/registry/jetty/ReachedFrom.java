package dev.berth.registry.jetty;

/**
 * Where a client is that wants to talk to a registry in this JVM, and by which name it knows this machine.
 *
 * <p>On Linux a container reaches the host's other interfaces, and not its loopback: the server then needs {@code
 * host("0.0.0.0")}, and whoever is on the network reaches it too. Docker Desktop and Testcontainers pass connections on to the
 * loopback interface. {@link dev.berth.registry.jetty.tls.ClientSetup} makes clients content with plain HTTP or a throw-away
 * authority; {@link dev.berth.registry.jetty.tls.TestCertificates} are for all of these names.
 */
public enum ReachedFrom {
    /** A container of Docker; on Linux one that was started with {@code --add-host host.docker.internal:host-gateway}. */
    DOCKER("host.docker.internal"),
    /** A container of podman. */
    PODMAN("host.containers.internal"),
    /** A container of Testcontainers, after {@code Testcontainers.exposeHostPorts(server.port())}. */
    TESTCONTAINERS("host.testcontainers.internal");

    private final String host;

    ReachedFrom(String host) {
        this.host = host;
    }

    /** The name or address, without a port. */
    public String host() {
        return host;
    }
}
