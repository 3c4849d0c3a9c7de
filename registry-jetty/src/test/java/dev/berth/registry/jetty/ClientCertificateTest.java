package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.BasicAuthenticator;
import dev.berth.registry.http.auth.CertificateAuthenticator;
import dev.berth.registry.http.auth.Users;
import dev.berth.registry.jetty.tls.CertifiedKey;
import dev.berth.registry.jetty.tls.TestCertificates;
import dev.berth.registry.jetty.tls.Tls;
import dev.berth.registry.jetty.tls.Tls.ClientCertificates;
import dev.berth.registry.testkit.http.RegistryClient;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients who show a certificate, one of another authority, or none. */
class ClientCertificateTest {

    private static final AccessPolicy POLICY = AccessPolicy.builder()
            .user("alice")
            .all("team/**")
            .anyUser()
            .pull("**")
            .build();

    private final TestCertificates certificates = TestCertificates.create();
    private RegistryServer server;

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void theNameInACertificateIsTheUsers(HttpClient.Version version) {
        start(ClientCertificates.REQUIRED, Optional.empty());

        RegistryClient alice = client(version, certificates.client("alice"));
        RegistryClient bob = client(version, certificates.client("bob"));

        assertThat(alice.send("POST", "/v2/team/app/blobs/uploads/").status()).isEqualTo(202);
        RegistryClient.Answer refused = bob.send("POST", "/v2/team/app/blobs/uploads/");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("DENIED");
        assertThat(bob.send("GET", "/v2/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientCertificates.class,
            names = {"REQUIRED", "WANTED"})
    void aCertificateOfAnotherAuthorityEndsTheConnection(ClientCertificates wish) {
        start(wish, Optional.empty());
        RegistryClient stranger = new RegistryClient(
                server.uri(),
                builder()
                        .sslContext(certificates.sslContext(
                                TestCertificates.create().client("alice"))));

        assertThatThrownBy(() -> stranger.send("GET", "/v2/")).isInstanceOf(AssertionError.class);
    }

    @Test
    void anExpiredCertificateEndsTheConnection() {
        start(ClientCertificates.WANTED, Optional.empty());
        Instant now = Instant.now();
        CertifiedKey expired = certificates.client("alice", now.minusSeconds(100), now.minusSeconds(10));

        assertThatThrownBy(() -> client(HttpClient.Version.HTTP_2, expired).send("GET", "/v2/"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void noCertificateWhereOneIsRequiredEndsTheConnection() {
        start(ClientCertificates.REQUIRED, Optional.empty());

        assertThatThrownBy(() -> anonymous().send("GET", "/v2/")).isInstanceOf(AssertionError.class);
    }

    @Test
    void noCertificateWhereOneIsWantedIsNobody() {
        start(ClientCertificates.WANTED, Optional.empty());

        RegistryClient.Answer refused = anonymous().send("GET", "/v2/");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.optionalHeader("WWW-Authenticate")).isEmpty();
    }

    @Test
    void aPasswordDoesForThoseWithoutACertificate() {
        BasicAuthenticator passwords =
                new BasicAuthenticator("berth", Users.of(Map.of("bob", "secret", "alice", "secret")), POLICY);
        start(ClientCertificates.WANTED, Optional.of(passwords));
        RegistryClient alice = client(HttpClient.Version.HTTP_2, certificates.client("alice"));

        assertThat(anonymous().send("GET", "/v2/").header("WWW-Authenticate")).startsWith("Basic");
        assertThat(anonymous()
                        .send("GET", "/v2/", "Authorization", basic("bob:secret"))
                        .status())
                .isEqualTo(200);
        assertThat(alice.send("POST", "/v2/team/app/blobs/uploads/").status()).isEqualTo(202);
        // Whoever says who they are is taken at that, also with a certificate.
        assertThat(alice.send("GET", "/v2/", "Authorization", basic("alice:wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(alice.send("POST", "/v2/team/app/blobs/uploads/", "Authorization", basic("bob:secret"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        start(ClientCertificates.REQUIRED, Optional.empty());

        RegistryClient.Answer refused = client(HttpClient.Version.HTTP_2, certificates.client("a\nlice"))
                .send("GET", "/v2/");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("no name for a user");
    }

    private void start(ClientCertificates wish, Optional<BasicAuthenticator> otherwise) {
        Tls tls = certificates.tls().withClientCertificates(wish, certificates.authorities());
        CertificateAuthenticator byName = new CertificateAuthenticator(CertificateAuthenticator::commonName, POLICY);
        server = RegistryServer.builder()
                .tls(tls)
                .filter(new AuthFilter(otherwise.map(byName::otherwise).orElse(byName)))
                .start();
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2);
    }

    private RegistryClient anonymous() {
        return new RegistryClient(server.uri(), builder().sslContext(certificates.sslContext()));
    }

    private RegistryClient client(HttpClient.Version version, CertifiedKey key) {
        return new RegistryClient(
                server.uri(), HttpClient.newBuilder().version(version).sslContext(certificates.sslContext(key)));
    }

    private static String basic(String credential) {
        return "Basic " + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
    }
}
