package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.jetty.tls.ClientSetup;
import dev.berth.registry.jetty.tls.TestCertificates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    private static final String ALICE = "Basic " + base64("alice:secret");

    @Test
    void usersMayDoEverythingAndNobodyElseAnything() {
        SampleRun.of(WithUsers.class).succeeded(1);
    }

    @RegistryExtension(users = {"alice:secret", "bob:with:colon"})
    static class WithUsers {
        @Test
        void asks(RegistryServer server, Registry registry) throws Exception {
            assertThat(get(HttpClient.newHttpClient(), server.uri().resolve("/v2/"), "")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(get(HttpClient.newHttpClient(), server.uri().resolve("/v2/"), ALICE)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(
                                    HttpClient.newHttpClient(),
                                    server.uri().resolve("/v2/"),
                                    "Basic " + base64("bob:with:colon"))
                            .statusCode())
                    .isEqualTo(200);
            // What a test sets up goes beneath all that.
            registry.beginUpload(new RepositoryName("app"), DigestAlgorithm.SHA256)
                    .cancel();
        }
    }

    @Test
    void anybodyMayPullWhereThatIsAskedFor() {
        SampleRun.of(WithAnonymousPull.class).succeeded(1);
    }

    @RegistryExtension(users = "alice:secret", anonymousPull = true)
    static class WithAnonymousPull {
        @Test
        void asks(RegistryServer server) throws Exception {
            assertThat(get(HttpClient.newHttpClient(), server.uri().resolve("/v2/app/tags/list"), "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(get(HttpClient.newHttpClient(), server.uri().resolve("/v2/"), "Basic " + base64("alice:wrong"))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void tokensRunOut() {
        SampleRun.of(WithTokens.class).succeeded(1);
    }

    @RegistryExtension(users = "alice:secret", tokenSeconds = 1, tls = true)
    static class WithTokens {
        @Test
        void asks(RegistryServer server, TestCertificates certificates) throws Exception {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(certificates.sslContext())
                    .build();
            assertThat(server.uri()).hasScheme("https");
            String challenge = get(client, server.uri().resolve("/v2/"), "")
                    .headers()
                    .firstValue("WWW-Authenticate")
                    .orElseThrow();
            assertThat(challenge).startsWith("Bearer realm=\"" + server.uri() + "token\"");
            Matcher token = Pattern.compile("\"token\":\"([^\"]*)\"")
                    .matcher(get(client, server.uri().resolve("/token"), ALICE).body());
            assertThat(token.find()).isTrue();
            String bearer = "Bearer " + token.group(1);
            assertThat(get(client, server.uri().resolve("/v2/"), bearer).statusCode())
                    .isEqualTo(200);

            HttpResponse<String> late = get(client, server.uri().resolve("/v2/"), bearer);
            for (long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
                    late.statusCode() == 200 && System.nanoTime() < end; ) {
                Thread.onSpinWait();
                late = get(client, server.uri().resolve("/v2/"), bearer);
            }
            assertThat(late.statusCode()).isEqualTo(401);
            assertThat(late.body()).contains("expired");
        }
    }

    @Test
    void clientsInOtherProcessesAreToldWhatTheyNeed() {
        SampleRun.of(WithClientsElsewhere.class).succeeded(1);
        SampleRun.of(WithClientsElsewhereAndTls.class).succeeded(1);
    }

    @RegistryExtension
    static class WithClientsElsewhere {
        @Test
        void asks(RegistryServer server, ClientSetup clients) {
            assertThat(clients).hasToString("http://" + server.address());
        }
    }

    @RegistryExtension(tls = true)
    static class WithClientsElsewhereAndTls {
        @Test
        void asks(RegistryServer server, ClientSetup clients, TestCertificates certificates, @TempDir Path etc)
                throws Exception {
            clients.writeEtc(etc);

            assertThat(etc.resolve("containers/certs.d")
                            .resolve(server.address())
                            .resolve("ca.crt"))
                    .hasContent(certificates.authorityPem());
        }
    }

    @Test
    void anExtensionInCodeHasThemToo() {
        SampleRun.of(InCode.class).succeeded(1);
    }

    static class InCode {
        @RegisterExtension
        final RegistryJUnitExtension registry = RegistryJUnitExtension.builder()
                .user("alice", "secret")
                .anonymousPull()
                .tokens(Duration.ofMinutes(1))
                .tls()
                .build();

        @Test
        void asks() throws Exception {
            assertThat(registry.clientSetup())
                    .hasToString("https://" + registry.server().address());
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(registry.certificates().sslContext())
                    .build();
            assertThat(get(client, registry.server().uri().resolve("/v2/"), ALICE)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(get(client, registry.server().uri().resolve("/token"), "")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatMakesNoSenseIsSaid() {
        assertThat(SampleRun.of(WithoutPassword.class).failed(1).failures().get(0))
                .hasMessageContaining("name:password");
        assertThat(SampleRun.of(TokensWithoutUsers.class).failed(1).failures().get(0))
                .hasMessageContaining("need users");
        assertThat(SampleRun.of(CertificatesWithoutTls.class)
                        .failed(1)
                        .failures()
                        .get(0))
                .hasMessageContaining("tls = true");
    }

    @RegistryExtension(users = "alice")
    static class WithoutPassword {
        @Test
        void test() {}
    }

    @RegistryExtension(tokenSeconds = 1)
    static class TokensWithoutUsers {
        @Test
        void test() {}
    }

    @RegistryExtension
    static class CertificatesWithoutTls {
        @Test
        void test(TestCertificates certificates) {}
    }

    private static HttpResponse<String> get(HttpClient client, URI uri, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
