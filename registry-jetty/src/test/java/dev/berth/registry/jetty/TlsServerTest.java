package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.jetty.tls.TestCertificates;
import dev.berth.registry.jetty.tls.Tls;
import dev.berth.registry.jetty.tls.TlsVersion;
import dev.berth.registry.testkit.http.RegistryClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can talk to a server with TLS, and what becomes of those who cannot. */
class TlsServerTest {

    private final TestCertificates certificates = TestCertificates.create();

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aClientChoosesTheVersionOfHttp(HttpClient.Version version) throws Exception {
        try (RegistryServer server = start(certificates.tls())) {
            assertThat(server.uri()).hasScheme("https");

            HttpResponse<String> answer = get(client(version), server.uri());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void theServerIsTheSameUnderEveryName(String name) throws Exception {
        try (RegistryServer server = start(certificates.tls())) {
            URI uri = URI.create("https://" + name + ":" + server.port() + "/");

            assertThat(get(client(HttpClient.Version.HTTP_1_1), uri).statusCode())
                    .isEqualTo(200);
            assertThat(get(client(HttpClient.Version.HTTP_2), uri).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aHostThatTheCertificateIsNotForIsServedToWhoeverTrustsTheConnection() throws Exception {
        try (RegistryServer server = start(certificates.tls());
                SSLSocket socket = connect(server)) {
            socket.getOutputStream()
                    .write("GET /v2/ HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void anAbsoluteLocationSaysHttps() {
        try (RegistryServer server = RegistryServer.builder()
                .tls(certificates.tls())
                .httpOptions(options -> options.withLocation(LocationStyle.ABSOLUTE))
                .start()) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                RegistryClient client = new RegistryClient(server.uri(), clientBuilder(version));

                assertThat(client.send("POST", "/v2/app/blobs/uploads/").header("Location"))
                        .startsWith(server.uri() + "v2/app/blobs/uploads/");
            }
        }
    }

    @Test
    void whoeverDoesNotTrustTheAuthorityIsNotServed() {
        try (RegistryServer server = start(certificates.tls())) {
            HttpClient stranger = HttpClient.newBuilder()
                    .sslContext(TestCertificates.create().sslContext())
                    .build();

            assertThatThrownBy(() -> get(stranger, server.uri())).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void anExpiredCertificateIsSeenAsSuch() {
        try (RegistryServer server = start(Tls.of(certificates.expiredServer()))) {
            assertThatThrownBy(() -> get(client(HttpClient.Version.HTTP_2), server.uri()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasStackTraceContaining("NotAfter");
        }
    }

    @Test
    void theLowestVersionOfTlsIsKept() throws Exception {
        Tls strict = certificates.tls().withMinimumVersion(TlsVersion.TLS_1_3);
        try (RegistryServer server = start(strict)) {
            assertThatThrownBy(() -> get(client("TLSv1.2"), server.uri())).isInstanceOf(SSLException.class);
            assertThat(get(client("TLSv1.3"), server.uri()).statusCode()).isEqualTo(200);
        }
        try (RegistryServer server = start(certificates.tls())) {
            assertThat(get(client("TLSv1.2"), server.uri()).statusCode()).isEqualTo(200);
            assertThat(get(client("TLSv1.2"), server.uri()).version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void plainHttpIsToldToUseTls() throws Exception {
        try (RegistryServer server = start(certificates.tls())) {
            HttpResponse<String> answer =
                    get(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + server.port() + "/"));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("UNSUPPORTED").contains("use https");
        }
    }

    @Test
    void handshakesThatFailAreNoNewsForTheLog() throws Exception {
        try (Logged log = new Logged();
                RegistryServer server = start(certificates.tls())) {
            HttpClient stranger = HttpClient.newBuilder()
                    .sslContext(TestCertificates.create().sslContext())
                    .build();
            assertThatThrownBy(() -> get(stranger, server.uri())).isInstanceOf(SSLHandshakeException.class);
            get(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + server.port() + "/"));
            for (byte[] nonsense :
                    List.of(new byte[] {22, 3, 1, 0, 5, 1, 2, 3, 4, 5}, new byte[100], new byte[] {22})) {
                try (Socket socket = new Socket("127.0.0.1", server.port())) {
                    socket.getOutputStream().write(nonsense);
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
            assertThat(get(client(HttpClient.Version.HTTP_2), server.uri()).statusCode())
                    .isEqualTo(200);

            assertThat(log.text()).doesNotContain("WARN").doesNotContain("Exception");
        }
    }

    @Test
    void aHandshakeThatComesToNothingIsEnded() throws Exception {
        try (RegistryServer server = RegistryServer.builder()
                        .tls(certificates.tls())
                        .idleTimeout(Duration.ofMillis(200))
                        .start();
                Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(new byte[] {22, 3, 1});
            socket.setSoTimeout(20_000);

            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // An alert may come before the end.
            }
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamedAndLeaveNothingBehind(@TempDir Path directory) {
        Path absent = directory.resolve("cert.pem");

        assertThatThrownBy(() -> start(Tls.pem(absent, absent)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(absent.toString());
    }

    @Test
    void aCertificateOfRsaServesToo(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(runs("openssl", "version"), "openssl is not installed");
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        for (List<String> kind : List.of(
                List.of("rsa:2048"), List.of("ed25519"), List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-384"))) {
            List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-newkey"));
            command.addAll(kind);
            command.addAll(List.of("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout"));
            command.addAll(List.of(key.toString(), "-out", certificate.toString()));
            assertThat(runs(command.toArray(String[]::new))).isTrue();
            try (RegistryServer server = start(Tls.pem(certificate, key))) {
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(trusting(certificate))
                        .build();

                assertThat(get(client, server.uri()).statusCode())
                        .as(kind.toString())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void curlTrustsTheAuthorityAndSpeaksHttp2(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(runs("curl", "--version"), "curl is not installed");
        try (RegistryServer server = start(certificates.tlsForKnownClients())) {
            Path files = certificates
                    .clientSetup("localhost-" + server.port())
                    .withClientCertificate(certificates.client("alice"))
                    .writeCertsD(directory);
            Process curl = new ProcessBuilder(
                            "curl",
                            "--silent",
                            "--show-error",
                            "--max-time",
                            "20",
                            "--cacert",
                            files.resolve("ca.crt").toString(),
                            "--cert",
                            files.resolve("client.cert").toString(),
                            "--key",
                            files.resolve("client.key").toString(),
                            "--write-out",
                            "%{http_code} %{http_version}",
                            "https://localhost:" + server.port() + "/v2/")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(output).matches("(?s).*200 (2|1\\.1)");
        }
    }

    @Test
    void fiftyServersLeaveNoThread() {
        Tls tls = certificates.tls();
        long threads = berthThreads();
        for (int i = 0; i < 50; i++) {
            try (RegistryServer server = start(tls)) {
                assertThat(server.isRunning()).isTrue();
            }
        }
        assertThat(berthThreads()).isEqualTo(threads);
    }

    private static long berthThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("berth"))
                .count();
    }

    private static RegistryServer start(Tls tls) {
        return RegistryServer.builder().tls(tls).start();
    }

    private SSLSocket connect(RegistryServer server) throws IOException {
        return (SSLSocket) certificates.sslContext().getSocketFactory().createSocket("127.0.0.1", server.port());
    }

    private HttpClient.Builder clientBuilder(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).sslContext(certificates.sslContext());
    }

    private HttpClient client(HttpClient.Version version) {
        return clientBuilder(version).build();
    }

    private HttpClient client(String protocol) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        return clientBuilder(HttpClient.Version.HTTP_2)
                .sslParameters(parameters)
                .build();
    }

    private static HttpResponse<String> get(HttpClient client, URI base) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(base.resolve("/v2/")).build(), BodyHandlers.ofString());
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry(
                "server",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate))));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
