package dev.berth.registry.jetty.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Colons in the names of files are nothing that Windows takes, nor any of these clients there. */
@DisabledOnOs(OS.WINDOWS)
class ClientSetupTest {

    private final TestCertificates certificates = TestCertificates.create();

    @TempDir
    private Path certsD;

    @Test
    void anAuthorityToTrustIsWrittenForEveryClient() throws Exception {
        Path directory = certificates.clientSetup("127.0.0.1:5000").writeCertsD(certsD);

        assertThat(directory).isEqualTo(certsD.resolve("127.0.0.1:5000"));
        assertThat(directory.resolve("ca.crt")).hasContent(certificates.authorityPem());
        assertThat(directory.resolve("hosts.toml")).hasContent("""
                server = "https://127.0.0.1:5000"

                [host."https://127.0.0.1:5000"]
                  capabilities = ["pull", "resolve", "push"]
                  ca = "ca.crt"
                """);
        assertThat(directory.resolve("client.key")).doesNotExist();
    }

    @Test
    void aClientCertificateComesWithItsKeyWhichNobodyElseReads() throws Exception {
        CertifiedKey alice = certificates.client("alice");
        ClientSetup setup = certificates.clientSetup("localhost:5000").withClientCertificate(alice);

        setup.writeCertsD(certsD);
        Path directory = setup.writeCertsD(certsD);

        assertThat(directory.resolve("client.cert")).hasContent(alice.certificatePem());
        assertThat(directory.resolve("client.key")).hasContent(alice.keyPem());
        assertThat(Files.getPosixFilePermissions(directory.resolve("client.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(setup.hostsToml()).contains("client = [[\"client.cert\", \"client.key\"]]");
        assertThat(setup.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void plainHttpIsSaidToEachInItsOwnWay() throws Exception {
        ClientSetup setup = ClientSetup.plainHttp("host.docker.internal:5000");

        assertThat(setup.hostsToml()).startsWith("server = \"http://host.docker.internal:5000\"");
        assertThat(setup.registriesConf()).isEqualTo("""
                [[registry]]
                location = "host.docker.internal:5000"
                insecure = true
                """);
        assertThat(setup.daemonJson()).isEqualTo("{\"insecure-registries\": [\"host.docker.internal:5000\"]}\n");
        assertThat(setup.writeCertsD(certsD)).isDirectoryContaining("glob:**/hosts.toml");
        assertThat(certsD.resolve("host.docker.internal:5000/ca.crt")).doesNotExist();
    }

    @Test
    void aRegistryWithTlsNeedsNoException() {
        ClientSetup setup = certificates.clientSetup("[::1]:5000");

        assertThat(setup.daemonJson()).isEqualTo("{}\n");
        assertThat(setup.registriesConf()).contains("insecure = false");
    }

    @Test
    void aCertificateThatNobodyLooksAtIsSaidToEachInItsOwnWay() {
        ClientSetup setup = ClientSetup.unverified("registry.test:5000");

        assertThat(setup.hostsToml())
                .startsWith("server = \"https://registry.test:5000\"")
                .contains("skip_verify = true")
                .doesNotContain("ca =");
        assertThat(setup.registriesConf()).contains("insecure = true");
        assertThat(setup.daemonJson()).contains("registry.test:5000");
        assertThat(setup.withClientCertificate(certificates.client("alice")).hostsToml())
                .contains("skip_verify = true", "client = ");
    }

    @Test
    void everythingIsWrittenByOneCallAsEtcIsLaidOut() throws Exception {
        ClientSetup.plainHttp("[::1]:5000").writeEtc(certsD);
        certificates.clientSetup("127.0.0.1:5000").writeEtc(certsD);
        certificates.clientSetup("127.0.0.1:5000").writeEtc(certsD);

        assertThat(files())
                .containsExactly(
                        "containerd/certs.d/127.0.0.1:5000/ca.crt",
                        "containerd/certs.d/127.0.0.1:5000/hosts.toml",
                        "containerd/certs.d/[::1]:5000/hosts.toml",
                        "containers/certs.d/127.0.0.1:5000/ca.crt",
                        "containers/certs.d/127.0.0.1:5000/hosts.toml",
                        "containers/certs.d/[::1]:5000/hosts.toml",
                        "containers/registries.conf.d/127.0.0.1_5000.conf",
                        "containers/registries.conf.d/___1__5000.conf",
                        "docker/certs.d/127.0.0.1:5000/ca.crt",
                        "docker/certs.d/127.0.0.1:5000/hosts.toml",
                        "docker/certs.d/[::1]:5000/hosts.toml",
                        "docker/daemon.json");
    }

    @Test
    void whatSomebodyElseToldDockerIsNotWrittenOver() throws Exception {
        Path daemon = Files.createDirectories(certsD.resolve("docker")).resolve("daemon.json");
        Files.writeString(daemon, "{\"log-driver\": \"local\"}");

        assertThatThrownBy(() -> ClientSetup.plainHttp("registry.test:5000").writeEtc(certsD))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("{\"insecure-registries\": [\"registry.test:5000\"]}");

        assertThat(files()).containsExactly("docker/daemon.json");
        assertThat(daemon).hasContent("{\"log-driver\": \"local\"}");
    }

    @Test
    void nodesOfKindFindTheRegistryByTheNameThatItHasHere() throws Exception {
        certificates.clientSetup("127.0.0.1:5000").writeKind(certsD.resolve("it's"), "172.18.0.1:5000");

        assertThat(files())
                .containsExactly(
                        "it's/certs.d/127.0.0.1:5000/ca.crt",
                        "it's/certs.d/127.0.0.1:5000/hosts.toml",
                        "it's/cluster.yaml",
                        "it's/local-registry-hosting.yaml");
        assertThat(certsD.resolve("it's/certs.d/127.0.0.1:5000/hosts.toml"))
                .content()
                .startsWith("server = \"https://172.18.0.1:5000\"")
                .contains("ca = \"ca.crt\"")
                .doesNotContain("127.0.0.1");
        assertThat(certsD.resolve("it's/cluster.yaml"))
                .content()
                .contains(
                        "hostPath: '" + certsD.toString() + "/it''s/certs.d'\n",
                        "config_path = \"/etc/containerd/certs.d\"");
        assertThat(certsD.resolve("it's/local-registry-hosting.yaml"))
                .content()
                .contains("    host: \"127.0.0.1:5000\"\n    hostFromClusterNetwork: \"172.18.0.1:5000\"\n");
    }

    @Test
    void whatIsNoAddressIsRefusedBeforeItBecomesAPath() {
        for (String address :
                new String[] {"", "..", "../etc", "a/b", "https://localhost:5000", "a:b", "x\"y:1", "a\nb"}) {
            assertThatThrownBy(() -> ClientSetup.plainHttp(address))
                    .as(address)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("HOST:PORT");
        }
        assertThatThrownBy(() -> ClientSetup.plainHttp("a:1").withClientCertificate(certificates.client("alice")))
                .isInstanceOf(IllegalStateException.class);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(certsD)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> certsD.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
