package dev.berth.registry.jetty.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the clients of containers have to be told so that they talk to a registry: whom to trust, with which certificate to
 * show themselves, or that plain HTTP will do. Immutable.
 *
 * <p>docker, podman, skopeo, buildah and containerd look into a directory {@code certs.d} for one that is called {@code
 * HOST:PORT}, as it stands in image references; {@link #writeCertsD} writes it in the form that all of them take:
 *
 * <ul>
 *   <li>docker: {@code /etc/docker/certs.d}
 *   <li>podman, skopeo, buildah: {@code /etc/containers/certs.d}, {@code ~/.config/containers/certs.d}; or {@code --cert-dir}
 *       with the directory {@code HOST:PORT} itself
 *   <li>containerd: {@code config_path} of its configuration, {@code --hosts-dir} of {@code ctr} and {@code nerdctl}
 * </ul>
 */
public final class ClientSetup {

    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    private final String address;
    private final Optional<String> authorityPem;
    private final Optional<CertifiedKey> client;

    private ClientSetup(String address, Optional<String> authorityPem, Optional<CertifiedKey> client) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "A registry is called HOST:PORT, as at the beginning of an image reference, and not \"" + address
                            + "\"");
        }
        this.address = address;
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
        return new ClientSetup(address, Optional.of(authorityPem), Optional.empty());
    }

    /**
     * For a registry with plain HTTP. docker needs none of this for addresses that begin with {@code 127.}, nor for {@code
     * localhost}.
     *
     * @param address host and port, as they begin an image reference
     * @throws IllegalArgumentException if the address is not of that form
     */
    public static ClientSetup plainHttp(String address) {
        return new ClientSetup(address, Optional.empty(), Optional.empty());
    }

    /**
     * The same for a client that shows a certificate.
     *
     * @throws IllegalStateException if this is for plain HTTP
     */
    public ClientSetup withClientCertificate(CertifiedKey certifiedKey) {
        if (authorityPem.isEmpty()) {
            throw new IllegalStateException("Nobody can show a certificate over plain HTTP");
        }
        return new ClientSetup(address, authorityPem, Optional.of(certifiedKey));
    }

    /**
     * Writes {@code HOST:PORT/} with {@code ca.crt}, {@code client.cert}, {@code client.key}, as far as there are such, and
     * {@code hosts.toml} for containerd. Makes the directories that are not there, and writes over the files that are.
     *
     * @param certsD the directory {@code certs.d} of a client
     * @return the directory {@code HOST:PORT}
     */
    public Path writeCertsD(Path certsD) throws IOException {
        Path directory = Files.createDirectories(certsD.resolve(address));
        if (authorityPem.isPresent()) {
            Files.writeString(directory.resolve("ca.crt"), authorityPem.get());
        }
        if (client.isPresent()) {
            Files.writeString(directory.resolve("client.cert"), client.get().certificatePem());
            writeSecret(directory.resolve("client.key"), client.get().keyPem());
        }
        Files.writeString(directory.resolve("hosts.toml"), hostsToml());
        return directory;
    }

    private static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    /** containerd's {@code hosts.toml}, which goes into {@code HOST:PORT/} beside the certificates. */
    public String hostsToml() {
        String url = (authorityPem.isPresent() ? "https://" : "http://") + address;
        StringBuilder toml = new StringBuilder("server = \"" + url + "\"\n\n[host.\"" + url + "\"]\n"
                + "  capabilities = [\"pull\", \"resolve\", \"push\"]\n");
        if (authorityPem.isPresent()) {
            toml.append("  ca = \"ca.crt\"\n");
        }
        if (client.isPresent()) {
            toml.append("  client = [[\"client.cert\", \"client.key\"]]\n");
        }
        return toml.toString();
    }

    /**
     * A section of the {@code registries.conf} of podman, skopeo and buildah, for {@code /etc/containers/registries.conf.d/}: lets
     * them talk plain HTTP. A registry with TLS needs none but {@code certs.d}; what is returned then says no more than that it
     * is secure.
     */
    public String registriesConf() {
        return "[[registry]]\nlocation = \"" + address + "\"\ninsecure = " + authorityPem.isEmpty() + "\n";
    }

    /**
     * docker's {@code daemon.json}, to be merged into the one there is: lets docker talk plain HTTP. For a registry with TLS it
     * is empty, {@code {}}: {@code certs.d} is enough.
     */
    public String daemonJson() {
        return authorityPem.isPresent() ? "{}\n" : "{\"insecure-registries\": [\"" + address + "\"]}\n";
    }

    @Override
    public String toString() {
        return (authorityPem.isPresent() ? "https://" : "http://")
                + address
                + client.map(c -> " with " + c).orElse("");
    }
}
