package dev.berth.registry.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as openssl writes them. */
class SigningKeyTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        // openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256
        "EC, SHA256withECDSA, ES256, MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgaBfl/hs40mGAV8IsLCmPQqxKZ7I16hTaaRDFM57pkMKhRANCAAT4usD6NdH0XI8+LPH/c/M0u9y/HlaGCIq+nmRZV/GWlvYuGBbHhC4nhUYUW9kGQKLUWu8DMCIbIrnbnkHH5pbw, MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE+LrA+jXR9FyPPizx/3PzNLvcvx5WhgiKvp5kWVfxlpb2LhgWx4QuJ4VGFFvZBkCi1FrvAzAiGyK5255Bx+aW8A==",
        // openssl genpkey -algorithm ED25519
        "Ed25519, Ed25519, EdDSA, MC4CAQAwBQYDK2VwBCIEIPglQN/VOhcOoenxnWrlvBvYSpWqge/qTz6gh0BqVJhD, MCowBQYDK2VwAyEA5I1Jde7YyxeyaWaR1BQAKekRLU7PWAL/CkwOZGgwGsM=",
    })
    void aKeyIsReadWithItsPublicHalf(String kind, String signing, String algorithm, String secret, String open)
            throws Exception {
        Path file = Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\n");

        SigningKey key = SigningKey.read(file);

        assertThat(key.verification().algorithm()).isEqualTo(algorithm);
        assertThat(key.open())
                .isEqualTo(KeyFactory.getInstance(kind)
                        .generatePublic(
                                new X509EncodedKeySpec(Base64.getDecoder().decode(open))));
        Signature signature = Signature.getInstance(signing);
        signature.initSign(key.secret());
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(key.open());
        signature.update((byte) 1);
        assertThat(signature.verify(signed)).isTrue();
        assertThat(key.toString()).contains(key.verification().id()).doesNotContain(secret);
    }

    @Test
    void theIdentifierIsTheFingerprintThatDockersRegistryKnows() {
        assertThat(SigningKey.generate().verification().id()).matches("([A-Z2-7]{4}:){11}[A-Z2-7]{4}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds no private key",
        "'-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----', openssl pkcs8 -topk8",
        "'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', of a kind that is not understood",
        "'-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----', not base64",
    })
    void whatIsNoKeyIsNamed(String text, String words) throws Exception {
        Path file = Files.writeString(directory.resolve("key.pem"), text);

        assertThatThrownBy(() -> SigningKey.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key.pem")
                .hasMessageContaining(words);
    }
}
