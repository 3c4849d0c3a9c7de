package dev.berth.registry.jetty.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
}
