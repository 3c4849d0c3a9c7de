package dev.berth.registry.jetty.tls;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the clients of containers have to be told so that they talk to a registry: whom to trust, with which certificate to
 * show themselves, or that plain HTTP will do. Immutable.
 *
 * <p>{@link #writeEtc} writes all of it by one call, laid out as {@code /etc} is:
 *
 * <table>
 *   <caption>Who reads what</caption>
 *   <tr><td>docker</td><td>{@code docker/certs.d}, {@code docker/daemon.json}: into {@code /etc/docker}; a daemon.json takes effect
 *       when the engine starts, {@code certs.d} at once</td></tr>
 *   <tr><td>podman, buildah, skopeo</td><td>{@code containers/certs.d}, {@code containers/registries.conf.d}: into {@code
 *       /etc/containers} or {@code ~/.config/containers}; or {@code --cert-dir} with the directory {@code HOST:PORT} itself</td></tr>
 *   <tr><td>containerd</td><td>{@code containerd/certs.d}: {@code config_path} of its configuration; {@code --hosts-dir} of {@code ctr} and
 *       {@code nerdctl}</td></tr>
 * </table>
 *
 * <p>{@link #writeKind} does the same for a cluster of kind.
 */
public final class ClientSetup {

    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    private final String address;
    private final Verification verification;
    private final Optional<String> authorityPem;
    private final Optional<CertifiedKey> client;

    private ClientSetup(
            String address, Verification verification, Optional<String> authorityPem, Optional<CertifiedKey> client) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "A registry is called HOST:PORT, as at the beginning of an image reference, and not \"" + address
                            + "\"");
        }
        this.address = address;
        this.verification = verification;
        this.authorityPem = authorityPem;
        this.client = client;
    }

    /**
     * For a registry with TLS.
     *
     * @param address host and port, as they begin an image reference
     * @param authorityPem the certificates of the authority to trust, in PEM
     * @throws IllegalArgumentException if the address is not of that form
     */
    public static ClientSetup trusting(String address, String authorityPem) {
        return new ClientSetup(address, Verification.AUTHORITY, Optional.of(authorityPem), Optional.empty());
    }

    /**
     * For a registry with TLS whose certificate is not to be looked at, as when it is for another name. Whoever stands between
     * can read and change everything.
     *
     * @param address host and port, as they begin an image reference
     * @throws IllegalArgumentException if the address is not of that form
     */
    public static ClientSetup unverified(String address) {
        return new ClientSetup(address, Verification.NONE, Optional.empty(), Optional.empty());
    }

    /**
     * For a registry with plain HTTP. docker needs none of this for addresses that begin with {@code 127.}, nor for {@code
     * localhost}.
     *
     * @param address host and port, as they begin an image reference
     * @throws IllegalArgumentException if the address is not of that form
     */
    public static ClientSetup plainHttp(String address) {
        return new ClientSetup(address, Verification.PLAIN_HTTP, Optional.empty(), Optional.empty());
    }

    /**
     * The same for a client that shows a certificate.
     *
     * @throws IllegalStateException if this is for plain HTTP
     */
    public ClientSetup withClientCertificate(CertifiedKey certifiedKey) {
        if (verification == Verification.PLAIN_HTTP) {
            throw new IllegalStateException("Nobody can show a certificate over plain HTTP");
        }
        return new ClientSetup(address, verification, authorityPem, Optional.of(certifiedKey));
    }

    /**
     * Writes what docker, podman, buildah, skopeo and containerd need, laid out as {@code /etc} is. Makes the directories that
     * are not there, and writes over the files that are, but for docker's {@code daemon.json}, which holds more than this.
     *
     * @param etc such as a temporary directory; or {@code /etc}, if all clients of this machine are meant
     * @throws FileAlreadyExistsException if there is a {@code docker/daemon.json} that says something else: nothing has been
     *     written then, and {@link #daemonJson()} is to be merged into it by hand
     */
    public void writeEtc(Path etc) throws IOException {
        Path daemon = etc.resolve("docker/daemon.json");
        if (needsException()) {
            if (Files.exists(daemon) && !Files.readString(daemon).equals(daemonJson())) {
                throw new FileAlreadyExistsException(
                        daemon + " says something else. Merge this into it: " + daemonJson());
            }
            Files.createDirectories(etc.resolve("docker"));
            Files.writeString(daemon, daemonJson());
        }
        writeCertsD(etc.resolve("docker/certs.d"));
        writeCertsD(etc.resolve("containers/certs.d"));
        writeCertsD(etc.resolve("containerd/certs.d"));
        Path registries = Files.createDirectories(etc.resolve("containers/registries.conf.d"));
        Files.writeString(registries.resolve(address.replaceAll("[^A-Za-z0-9.-]", "_") + ".conf"), registriesConf());
    }

    /**
     * Writes {@code HOST:PORT/} with {@code ca.crt}, {@code client.cert}, {@code client.key}, as far as there are such, and
     * {@code hosts.toml} for containerd: what docker, podman, buildah, skopeo and containerd take alike. Makes the directories
     * that are not there, and writes over the files that are.
     *
     * @param certsD the directory {@code certs.d} of a client
     * @return the directory {@code HOST:PORT}
     */
    public Path writeCertsD(Path certsD) throws IOException {
        return writeCertsD(certsD, hostsToml());
    }

    private Path writeCertsD(Path certsD, String hostsToml) throws IOException {
        Path directory = Files.createDirectories(certsD.resolve(address));
        if (authorityPem.isPresent()) {
            Files.writeString(directory.resolve("ca.crt"), authorityPem.get());
        }
        if (client.isPresent()) {
            Files.writeString(directory.resolve("client.cert"), client.get().certificatePem());
            writeSecret(directory.resolve("client.key"), client.get().keyPem());
        }
        Files.writeString(directory.resolve("hosts.toml"), hostsToml);
        return directory;
    }

    private static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    /**
     * Writes what a cluster of kind needs, so that its pods name images as this machine does, {@code HOST:PORT/team/app:1}:
     *
     * <ul>
     *   <li>{@code cluster.yaml}, for {@code kind create cluster --config}, or to be merged into a configuration that is there
     *   <li>{@code certs.d}, which the nodes mount
     *   <li>{@code local-registry-hosting.yaml}, for {@code kubectl apply -f}: tells tools such as Tilt and Skaffold which registry
     *       the cluster pulls from (KEP-1755)
     * </ul>
     *
     * @param directory is made if it is not there; has to stay as long as the cluster
     * @param fromNodes where the nodes reach the registry, as {@code HOST:PORT}: {@code host.docker.internal} with Docker Desktop,
     *     else the gateway of the network {@code kind}, and the registry has to listen there
     * @throws IllegalArgumentException if {@code fromNodes} is not of that form
     */
    public void writeKind(Path directory, String fromNodes) throws IOException {
        ClientSetup reached = new ClientSetup(fromNodes, verification, authorityPem, client);
        Path certsD = directory.resolve("certs.d");
        writeCertsD(certsD, reached.hostsToml());
        Files.writeString(directory.resolve("cluster.yaml"), KindFiles.cluster(certsD.toAbsolutePath()));
        Files.writeString(
                directory.resolve("local-registry-hosting.yaml"), KindFiles.localRegistryHosting(address, fromNodes));
    }

    /** containerd's {@code hosts.toml}, which goes into {@code HOST:PORT/} beside the certificates. */
    public String hostsToml() {
        String url = verification.scheme + address;
        StringBuilder toml = new StringBuilder("server = \"" + url + "\"\n\n[host.\"" + url + "\"]\n"
                + "  capabilities = [\"pull\", \"resolve\", \"push\"]\n");
        if (authorityPem.isPresent()) {
            toml.append("  ca = \"ca.crt\"\n");
        }
        if (verification == Verification.NONE) {
            toml.append("  skip_verify = true\n");
        }
        if (client.isPresent()) {
            toml.append("  client = [[\"client.cert\", \"client.key\"]]\n");
        }
        return toml.toString();
    }

    /**
     * A section of the {@code registries.conf} of podman, skopeo and buildah, for {@code /etc/containers/registries.conf.d/}: lets
     * them talk plain HTTP, and TLS without a look at the certificate. A registry whose authority is trusted needs none but
     * {@code certs.d}; what is returned then says no more than that it is secure.
     */
    public String registriesConf() {
        return "[[registry]]\nlocation = \"" + address + "\"\ninsecure = " + needsException() + "\n";
    }

    /**
     * docker's {@code daemon.json}, to be merged into the one there is: lets docker talk plain HTTP, and TLS without a look at the
     * certificate. For a registry whose authority is trusted it is empty, {@code {}}: {@code certs.d} is enough.
     */
    public String daemonJson() {
        return needsException() ? "{\"insecure-registries\": [\"" + address + "\"]}\n" : "{}\n";
    }

    private boolean needsException() {
        return verification != Verification.AUTHORITY;
    }

    @Override
    public String toString() {
        return verification.scheme + address + client.map(c -> " with " + c).orElse("");
    }

    private enum Verification {
        AUTHORITY("https://"),
        NONE("https://"),
        PLAIN_HTTP("http://");

        private final String scheme;

        Verification(String scheme) {
            this.scheme = scheme;
        }
    }
}
