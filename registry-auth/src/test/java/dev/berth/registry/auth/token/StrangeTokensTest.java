package dev.berth.registry.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.jetty.tls.CertifiedKey;
import dev.berth.registry.jetty.tls.TestCertificates;
import dev.berth.registry.testkit.http.RegistryClient;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwx.CompactSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of a service that is trusted and writes them in its own way, down to what makes no sense. */
class StrangeTokensTest {

    private static final String GOOD_ACCESS =
            "[{\"type\":\"repository\",\"name\":\"team/app\",\"actions\":[\"pull\"]}]";

    private static final TestCertificates AUTHORITY = TestCertificates.create();
    private static final CertifiedKey SIGNER = AUTHORITY.client("token service");

    private final Instant now = Instant.now();

    @TempDir
    private Path directory;

    private RegistryServer server;

    @BeforeEach
    void start() throws IOException {
        server = serve(SIGNER.certificate());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anOrdinaryTokenIsTaken() throws Exception {
        assertThat(status(token(header(""), payload("")))).isEqualTo(404);
    }

    static Stream<String> oddHeaders() {
        return Stream.of(
                "\"alg\":5",
                "\"alg\":null",
                "\"alg\":[\"ES256\"]",
                "\"typ\":5",
                "\"cty\":{}",
                "\"cty\":\"JWT\"",
                "\"crit\":5",
                "\"crit\":[5]",
                "\"b64\":false",
                "\"b64\":5",
                "\"zip\":\"DEF\"",
                "\"enc\":\"A128GCM\"",
                "\"x5c\":[5]",
                "\"x5c\":[[]]",
                "\"x5c\":[null]",
                "\"x5c\":[\"\"]",
                "\"jwk\":5",
                "\"jku\":5",
                "\"x5t\":5");
    }

    @ParameterizedTest
    @MethodSource("oddHeaders")
    void anOddHeaderIsNoFault(String odd) throws Exception {
        String rest = header("").substring(1);
        assertThat(status(token("{" + odd + "," + rest, payload("")))).isIn(401, 404);
        assertThat(status(token("{\"kid\":5," + odd + "}", payload("")))).isEqualTo(401);
    }

    static Stream<String> oddClaims() {
        return Stream.of(
                "\"sub\":5",
                "\"sub\":{}",
                "\"groups\":\"x\"",
                "\"groups\":[5]",
                "\"groups\":[\"a\",\"a\"]",
                "\"groups\":[null]",
                "\"rev\":5",
                "\"jti\":5",
                "\"iat\":\"x\"",
                "\"nbf\":\"x\"",
                "\"nbf\":{}",
                "\"aud\":5",
                "\"aud\":[5]",
                "\"iss\":[]",
                "\"exp\":\"x\"",
                "\"exp\":[]",
                "\"exp\":1e400",
                "\"exp\":9223372036854775807",
                "\"exp\":99999999999999999999999999",
                "\"exp\":31556889864403200",
                "\"exp\":4102444800.5",
                "\"access\":5",
                "\"access\":[5]",
                "\"access\":[null]",
                "\"access\":{}",
                "\"access\":[{\"type\":5,\"name\":\"a\",\"actions\":[]}]",
                "\"access\":[{\"type\":\"repository\",\"name\":\"a\",\"actions\":[5,null,{}]}]",
                "\"access\":" + "[".repeat(3000) + "]".repeat(3000));
    }

    @ParameterizedTest
    @MethodSource("oddClaims")
    void anOddClaimIsNoFault(String odd) throws Exception {
        assertThat(status(token(header(""), payload(odd)))).isIn(401, 404);
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void whatIsNoJsonIsNoFault(String payload) throws Exception {
        assertThat(status(token(header(""), payload))).isEqualTo(401);
    }

    static Stream<String> notJson() {
        return Stream.of("", " ", "null", "5", "[]", "{", "{\"a\":}", "\u0000", "{\"exp\":1,\"exp\":2}");
    }

    @Test
    void noActionsAtAllAreNoActions() throws Exception {
        String token = token(
                header(""),
                payload("\"access\":[{\"type\":\"repository\",\"name\":\"team/app\",\"actions\":null},"
                        + GOOD_ACCESS.substring(1)));

        assertThat(status(token)).isEqualTo(404);
    }

    @Test
    void aTokenThatNeverEndsIsTaken() throws Exception {
        assertThat(status(token(header(""), payload("\"exp\":9007199254740991"))))
                .isEqualTo(404);
    }

    @Test
    void aChainOfCertificatesSaysTheKey() throws Exception {
        try (RegistryServer root = serve(AUTHORITY.authority())) {
            server.close();
            server = root;
            String chain = chain(SIGNER.certificate(), AUTHORITY.authority());
            assertThat(status(token("{\"alg\":\"ES256\"," + chain + "}", payload(""))))
                    .isEqualTo(404);
            assertThat(status(token("{\"alg\":\"ES256\"," + chain(SIGNER.certificate()) + "}", payload(""))))
                    .isEqualTo(404);

            TestCertificates stranger = TestCertificates.create();
            CertifiedKey other = stranger.client("token service");
            assertThat(status(sign(
                            "{\"alg\":\"ES256\"," + chain(other.certificate(), stranger.authority()) + "}",
                            payload(""),
                            other.key())))
                    .isEqualTo(401);
            assertThat(status(sign("{\"alg\":\"ES256\"," + chain + "}", payload(""), other.key())))
                    .isEqualTo(401);
            // Its own certificate first, and that of the one who is trusted behind it.
            assertThat(status(sign(
                            "{\"alg\":\"ES256\"," + chain(other.certificate(), SIGNER.certificate()) + "}",
                            payload(""),
                            other.key())))
                    .isEqualTo(401);
            assertThat(status(sign(
                            "{\"alg\":\"ES256\"," + chain(AUTHORITY.authority(), other.certificate()) + "}",
                            payload(""),
                            other.key())))
                    .isEqualTo(401);
        }
    }

    @Test
    void aChainMayGoOnBehindTheCertificateThatIsTrusted() throws Exception {
        String chain = chain(SIGNER.certificate(), AUTHORITY.authority());

        assertThat(status(token("{\"alg\":\"ES256\"," + chain + "}", payload(""))))
                .isEqualTo(404);
    }

    private RegistryServer serve(X509Certificate trusted) throws IOException {
        Path bundle = Files.writeString(directory.resolve("bundle.pem"), pem(trusted));
        TokenSettings settings = TokenSettings.of("registry.test").withIssuer("auth.example");
        return RegistryServer.builder()
                .filter(new AuthFilter(BearerAuthenticator.trusting(
                        "https://auth.example/token",
                        settings,
                        KeyFiles.bundle(bundle),
                        Clock.fixed(now, ZoneOffset.UTC))))
                .start();
    }

    private int status(String token) {
        Answer answer = new RegistryClient(server.uri())
                .send("GET", "/v2/team/app/tags/list", "Authorization", "Bearer " + token);
        assertThat(answer.text()).doesNotContain("Exception", "jose4j");
        return answer.status();
    }

    private String header(String more) {
        String id = VerificationKey.of(SIGNER.certificate().getPublicKey()).id();
        return "{\"alg\":\"ES256\",\"kid\":\"" + id + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private String payload(String instead) {
        String name = instead.isEmpty() ? "" : instead.substring(0, instead.indexOf(':') + 1);
        String claims = Stream.of(
                        "\"iss\":\"auth.example\"",
                        "\"aud\":\"registry.test\"",
                        "\"sub\":\"ci\"",
                        "\"exp\":" + (now.getEpochSecond() + 60),
                        "\"access\":" + GOOD_ACCESS)
                .filter(claim -> name.isEmpty() || !claim.startsWith(name))
                .collect(Collectors.joining(","));
        return "{" + claims + (instead.isEmpty() ? "" : "," + instead) + "}";
    }

    private String token(String header, String payload) throws Exception {
        return sign(header, payload, SIGNER.key());
    }

    private static String sign(String header, String payload, PrivateKey key) throws Exception {
        String signed = CompactSerializer.serialize(base64(header), base64(payload));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String chain(X509Certificate... certificates) throws Exception {
        StringBuilder chain = new StringBuilder();
        for (X509Certificate certificate : List.of(certificates)) {
            chain.append(chain.isEmpty() ? "" : ",")
                    .append('"')
                    .append(Base64.getEncoder().encodeToString(certificate.getEncoded()))
                    .append('"');
        }
        return "\"x5c\":[" + chain + "]";
    }

    private static String pem(X509Certificate certificate) throws IOException {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
