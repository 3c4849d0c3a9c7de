package dev.berth.registry.jetty.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestCertificatesTest {

    private final TestCertificates certificates =
            TestCertificates.create("registry.test", "*.registry.test", "10.0.0.1");

    @Test
    void aServersCertificateIsForItsNamesAndAddresses() throws Exception {
        X509Certificate server = certificates.server().certificate();

        assertThat(server.getSubjectAlternativeNames())
                .extracting(entry -> entry.get(1).toString())
                .containsExactly(
                        "localhost",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1",
                        "host.docker.internal",
                        "host.containers.internal",
                        "host.testcontainers.internal",
                        "registry.test",
                        "*.registry.test",
                        "10.0.0.1");
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getExtendedKeyUsage()).contains("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void whatTheAuthorityIssuesIsValid() {
        validate(certificates.server().certificate(), certificates);
        validate(certificates.client("alice").certificate(), certificates);
        assertThat(certificates.authority().getBasicConstraints()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void anotherAuthoritysAreNot() {
        assertThatThrownBy(() -> validate(certificates.server().certificate(), TestCertificates.create()))
                .hasCauseInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void anExpiredOneHasExpired() {
        X509Certificate expired = certificates.expiredServer().certificate();

        assertThat(expired.getNotAfter()).isBefore(Instant.now());
        assertThatThrownBy(() -> validate(expired, certificates)).hasMessageContaining("validity check failed");
    }

    @Test
    void timesAreThoseAskedFor() {
        Instant from = Instant.parse("2049-12-31T23:59:59Z");
        Instant until = Instant.parse("2050-01-01T00:00:00Z");

        X509Certificate certificate = certificates.client("alice", from, until).certificate();

        assertThat(certificate.getNotBefore()).isEqualTo(from);
        assertThat(certificate.getNotAfter()).isEqualTo(until);
    }

    @Test
    void aClientHasTheNameItWasGiven() {
        X509Certificate client = certificates.client("Ælice, \"the\" 2nd").certificate();

        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=Ælice\\, \\\"the\\\" 2nd");
    }

    @Test
    void itsPemIsReadBack() throws Exception {
        byte[] pem = certificates.authorityPem().getBytes(StandardCharsets.US_ASCII);

        assertThat(CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)))
                .isEqualTo(List.of(certificates.authority()));
    }

    @Test
    void theyAreGoodForAMonth() {
        Instant inAMonth = Instant.now().plus(30, ChronoUnit.DAYS);

        assertThat(certificates.authority().getNotAfter().toInstant())
                .isBetween(inAMonth.minusSeconds(600), inAMonth.plusSeconds(600));
    }

    @Test
    void whatIsNoHostIsRefused() {
        assertThatThrownBy(() -> TestCertificates.create("localhost:5000").server())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("localhost:5000");
        assertThatThrownBy(() -> TestCertificates.create("a b").server())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without ports");
        assertThatThrownBy(() -> TestCertificates.create("1.2.3.456").server())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyIsInNothingThatIsPrinted() {
        CertifiedKey key = certificates.server();

        assertThat(key.toString()).contains("CN=localhost").doesNotContain("PRIVATE");
        assertThat(Tls.of(key).toString()).doesNotContain("PRIVATE");
    }

    @Test
    void aKeyThatIsAnothersIsRefused() {
        assertThatThrownBy(() -> new CertifiedKey(
                        certificates.server().key(), certificates.server().chain()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not belong");
    }

    private static void validate(X509Certificate certificate, TestCertificates trusted) {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(trusted.authority(), null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
