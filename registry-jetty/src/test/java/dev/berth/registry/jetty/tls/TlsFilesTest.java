package dev.berth.registry.jetty.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.jetty.tls.Tls.ClientCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from files, and what is said of files that cannot be used. */
class TlsFilesTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    @TempDir
    private static Path stores;

    private static CertifiedKey rsa;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeAnRsaKey() throws Exception {
        rsa = keytool("RSA");
    }

    @Test
    void keysInPkcs8() throws Exception {
        assertThat(pem(rsa, rsa.keyPem()).load()).isNotNull();
        CertifiedKey ec = CERTIFICATES.server();
        assertThat(pem(ec, ec.keyPem()).load()).isNotNull();
        CertifiedKey ed25519 = keytool("Ed25519");
        assertThat(pem(ed25519, ed25519.keyPem()).load()).isNotNull();
    }

    /** What stands behind version and algorithm in PKCS#8 is PKCS#1, as {@code openssl genrsa} wrote it for decades. */
    @Test
    void anRsaKeyInPkcs1() throws Exception {
        byte[] pkcs8 = rsa.key().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);

        assertThat(pem(rsa, Pem.write("RSA PRIVATE KEY", pkcs1)).load()).isNotNull();
    }

    /** As {@code openssl ecparam -genkey} writes it: the curve first. */
    @Test
    void anEcKeyInSec1() throws Exception {
        CertifiedKey ec = CERTIFICATES.server();
        byte[] pkcs8 = ec.key().getEncoded();
        byte[] sec1 = Arrays.copyOfRange(pkcs8, 28, pkcs8.length);
        String text = Pem.write("EC PARAMETERS", Der.oid("1.2.840.10045.3.1.7")) + Pem.write("EC PRIVATE KEY", sec1);

        assertThat(pem(ec, text).load()).isNotNull();
    }

    @Test
    void keyAndCertificatesInOneFile() throws Exception {
        CertifiedKey server = CERTIFICATES.server();
        Path both = write("both.pem", "A comment\n" + server.keyPem() + server.certificatePem());

        assertThat(Tls.pem(both, both).load()).isNotNull();
        assertThat(Tls.pem(both, both).files()).containsExactly(both, both);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void keystores(String type) throws Exception {
        Path file = store(type, "secret", "secret");

        assertThat(Tls.keyStore(file, "secret").load()).isNotNull();
        assertThat(Tls.keyStore(file, "secret").toString())
                .contains(file.toString())
                .doesNotContain("secret");
        refused(Tls.keyStore(file, "wrong"))
                .hasMessageContaining("another password")
                .hasMessageContaining(file.toString());
    }

    @Test
    void aKeyWithAPasswordOfItsOwnIsRefused() throws Exception {
        refused(Tls.keyStore(store("JKS", "secret", "other"), "secret"))
                .hasMessageContaining("another password than the keystore");
    }

    @Test
    void whatIsNoKeystoreIsRefused() throws Exception {
        refused(Tls.keyStore(write("store.p12", "nonsense"), "secret"))
                .hasMessageContaining("neither a PKCS#12 nor a JKS");
        refused(Tls.keyStore(directory.resolve("absent.p12"), "secret")).hasMessageContaining("is not there");
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        empty.setCertificateEntry("authority", CERTIFICATES.authority());
        refused(Tls.keyStore(write(empty, "secret"), "secret")).hasMessageContaining("no private key");
    }

    @Test
    void filesThatAreNotThereAreNamed() throws Exception {
        Path certificate = write("cert.pem", CERTIFICATES.server().certificatePem());
        Path absent = directory.resolve("absent.pem");

        refused(Tls.pem(absent, absent)).hasMessage("The certificate file " + absent + " is not there");
        refused(Tls.pem(certificate, absent)).hasMessage("The key file " + absent + " is not there");
        refused(Tls.pem(directory, absent)).hasMessageContaining("is a directory");
    }

    @Test
    void filesTheWrongWayRoundAreRefused() throws Exception {
        CertifiedKey server = CERTIFICATES.server();
        Path certificate = write("cert.pem", server.certificatePem());
        Path key = write("key.pem", server.keyPem());

        refused(Tls.pem(key, certificate)).hasMessageContaining("has no certificate but PRIVATE KEY");
        refused(Tls.pem(certificate, certificate)).hasMessageContaining("has no private key but CERTIFICATE");
    }

    @Test
    void filesInAnotherFormAreRefused() throws Exception {
        CertifiedKey server = CERTIFICATES.server();
        Path der = directory.resolve("cert.der");
        Files.write(der, server.certificate().getEncoded());

        refused(Tls.pem(der, der)).hasMessageContaining("not in PEM").hasMessageContaining("openssl");
        refused(pem(server, Pem.write("ENCRYPTED PRIVATE KEY", new byte[20])))
                .hasMessageContaining("is encrypted")
                .hasMessageContaining("key.pem");
        refused(pem(
                        rsa,
                        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
                                + "-----END RSA PRIVATE KEY-----\n"))
                .hasMessageContaining("is encrypted");
        refused(pem(server, "-----BEGIN PRIVATE KEY-----\n***\n-----END PRIVATE KEY-----\n"))
                .hasMessageContaining("not Base64");
        refused(pem(server, Pem.write("PRIVATE KEY", new byte[20]))).hasMessageContaining("or is damaged");
        Path damaged = write("damaged.pem", Pem.write("CERTIFICATE", new byte[20]));
        refused(Tls.pem(damaged, damaged)).hasMessageContaining("a certificate in it cannot be read");
        Path large = directory.resolve("large.pem");
        Files.write(large, new byte[(1 << 20) + 1]);
        refused(Tls.pem(large, large)).hasMessageContaining("larger than");
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() throws Exception {
        CertifiedKey server = CERTIFICATES.server();

        refused(pem(server, CERTIFICATES.server().keyPem()))
                .hasMessageContaining("does not belong to the first certificate")
                .hasMessageContaining("CN=localhost")
                .hasMessageContaining("key.pem")
                .hasMessageContaining("cert.pem");
        refused(pem(server, rsa.keyPem())).hasMessageContaining("EC");
        refused(pem(server, Pem.write("RSA PRIVATE KEY", new byte[20])))
                .hasMessageContaining("a key for RSA")
                .hasMessageContaining("the certificate is for EC");
    }

    @Test
    void aChainInTheWrongOrderIsRefused() throws Exception {
        CertifiedKey server = CERTIFICATES.server();
        Path certificates = write("cert.pem", CERTIFICATES.authorityPem() + server.certificatePem());
        Path key = write("key.pem", server.keyPem());

        refused(Tls.pem(certificates, key)).hasMessageContaining("belongs to number 2, which has to come first");
    }

    @Test
    void authoritiesOfClientsAreReadFromFiles() throws Exception {
        Path authorities = write(
                "ca.pem",
                CERTIFICATES.authorityPem() + TestCertificates.create().authorityPem());
        Path key = write("key.pem", CERTIFICATES.server().keyPem());

        Tls tls = CERTIFICATES
                .tls()
                .withClientCertificates(ClientCertificates.REQUIRED, CertificateAuthorities.files(authorities));

        assertThat(tls.load()).isNotNull();
        assertThat(tls.files()).containsExactly(authorities);
        refused(CERTIFICATES.tls().withClientCertificates(ClientCertificates.WANTED, CertificateAuthorities.files(key)))
                .hasMessageContaining("file of certificate authorities " + key + " has no certificate");
        assertThatThrownBy(() -> CertificateAuthorities.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGivenContextKnowsWhomItTrusts() throws Exception {
        Tls given = Tls.of(CERTIFICATES.sslContext(CERTIFICATES.server()));

        assertThatCode(() -> given.withClientCertificates(ClientCertificates.REQUIRED)
                        .load())
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> given.withClientCertificates(ClientCertificates.REQUIRED, CERTIFICATES.authorities()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> CERTIFICATES.tls().withClientCertificates(ClientCertificates.REQUIRED))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void versionsAreReadAsDockersRegistryCallsThem() {
        assertThat(TlsVersion.parse("tls1.3").protocols()).containsExactly("TLSv1.3");
        assertThat(TlsVersion.parse("TLS1.2").protocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThatThrownBy(() -> TlsVersion.parse("tls1.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tls1.2 or tls1.3");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Tls tls) {
        return assertThatThrownBy(tls::load).isInstanceOf(IOException.class);
    }

    private Tls pem(CertifiedKey certified, String keyText) throws IOException {
        return Tls.pem(write("cert.pem", certified.certificatePem()), write("key.pem", keyText));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path store(String type, String password, String keyPassword) throws Exception {
        CertifiedKey server = CERTIFICATES.server();
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setKeyEntry(
                "key", server.key(), keyPassword.toCharArray(), server.chain().toArray(Certificate[]::new));
        return write(store, password);
    }

    private Path write(KeyStore store, String password) throws Exception {
        Path file = directory.resolve("store");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    private static CertifiedKey keytool(String algorithm) throws Exception {
        Path file = stores.resolve(algorithm + ".p12");
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "secret".toCharArray());
        }
        return new CertifiedKey((PrivateKey) store.getKey("key", "secret".toCharArray()), List.of((X509Certificate)
                store.getCertificate("key")));
    }
}
