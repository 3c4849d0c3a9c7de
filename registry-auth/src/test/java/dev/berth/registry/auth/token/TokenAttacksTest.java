package dev.berth.registry.auth.token;

import static dev.berth.registry.auth.token.TokenRegistry.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that somebody made who should not have, and what is made of them. */
class TokenAttacksTest {

    private final SigningKey key = SigningKey.generate();
    private final TokenRegistry registry = new TokenRegistry(key);

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void theseTestsMakeGoodTokensToo() throws Exception {
        assertAccepted(sign(claims(), "ES256", key.secret()));
    }

    @Test
    void withoutASignature() throws Exception {
        JsonWebSignature none = new JsonWebSignature();
        none.setPayload(claims().toJson());
        none.setAlgorithmHeaderValue("none");
        none.setKeyIdHeaderValue(key.verification().id());
        none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        assertRefused(none.getCompactSerialization());

        String good = sign(claims(), "ES256", key.secret());
        assertRefused(good.substring(0, good.lastIndexOf('.') + 1));
        assertRefused(header("{\"alg\":\"none\"}") + good.substring(good.indexOf('.')));
    }

    @Test
    void signedWithThePublicKeyAsASecret() throws Exception {
        for (byte[] secret : List.of(
                key.open().getEncoded(),
                Base64.getMimeEncoder().encode(key.open().getEncoded()),
                registry.keys.publicKeySet().getBytes(StandardCharsets.UTF_8))) {
            assertRefused(sign(claims(), "HS256", new HmacKey(secret)));
        }
    }

    @Test
    void signedWithAnotherKeyOfTheSameName() throws Exception {
        assertRefused(sign(claims(), "ES256", SigningKey.generate().secret()));
    }

    @Test
    void signedWithAKeyThatTheTokenBringsAlong() throws Exception {
        SigningKey mine = SigningKey.generate();
        JsonWebSignature signature = signature(claims(), "ES256", mine.secret());
        signature.setJwkHeader(mine.verification().json());
        assertRefused(signature.getCompactSerialization());
        signature.setKeyIdHeaderValue(mine.verification().id());
        assertRefused(signature.getCompactSerialization());
    }

    @Test
    void changedAfterItWasSigned() throws Exception {
        String good = sign(claims(), "ES256", key.secret());
        String[] parts = good.split("\\.");
        JwtClaims more = claims();
        more.setSubject("root");
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(more.toJson().getBytes(StandardCharsets.UTF_8));
        assertRefused(parts[0] + "." + payload + "." + parts[2]);
    }

    @Test
    void withClaimsThatAreNotRight() throws Exception {
        JwtClaims audience = claims();
        audience.setAudience("another.registry");
        assertRefused(sign(audience, "ES256", key.secret()));

        JwtClaims issuer = claims();
        issuer.setIssuer("another.issuer");
        assertRefused(sign(issuer, "ES256", key.secret()));

        JwtClaims expired = claims();
        expired.setIssuedAt(at(-60));
        expired.setNotBefore(at(-60));
        expired.setExpirationTime(at(-11));
        assertRefused(sign(expired, "ES256", key.secret()));

        JwtClaims early = claims();
        early.setNotBefore(at(11));
        assertRefused(sign(early, "ES256", key.secret()));

        for (String claim : List.of("aud", "iss", "exp", "nbf", "jti")) {
            JwtClaims missing = claims();
            missing.unsetClaim(claim);
            assertRefused(sign(missing, "ES256", key.secret()));
        }

        JwtClaims access = claims();
        access.setClaim("access", "repository:team/app:pull");
        assertRefused(sign(access, "ES256", key.secret()));
    }

    @Test
    void withinTheDifferenceOfClocks() throws Exception {
        JwtClaims expired = claims();
        expired.setIssuedAt(at(-60));
        expired.setNotBefore(at(-60));
        expired.setExpirationTime(at(-9));
        assertAccepted(sign(expired, "ES256", key.secret()));

        JwtClaims early = claims();
        early.setNotBefore(at(9));
        assertAccepted(sign(early, "ES256", key.secret()));
    }

    @Test
    void forSomethingElse() throws Exception {
        JwtClaims claims = claims();
        claims.setClaim(
                "access", List.of(Map.of("type", "repository", "name", "team/other", "actions", List.of("pull"))));
        assertRefused(sign(claims, "ES256", key.secret()));
        claims.setClaim("access", List.of(Map.of("type", "plugin", "name", "team/app", "actions", List.of("pull"))));
        assertRefused(sign(claims, "ES256", key.secret()));
        claims.setClaim(
                "access", List.of(Map.of("type", "repository", "name", "team/app", "actions", List.of("push"))));
        assertRefused(sign(claims, "ES256", key.secret()));
    }

    static Stream<String> garbage() {
        return Stream.of(
                "x",
                ".",
                "..",
                "...",
                "a.b.c",
                "e30.e30.e30",
                "\u00e9.\u00e9.\u00e9",
                "e30.e30.e30.e30.e30",
                header("{\"alg\":\"ES256\",\"kid\":[]}") + ".e30.e30",
                header("{\"alg\":\"ES256\",\"x5c\":\"x\"}") + ".e30.e30",
                header("{\"alg\":\"ES256\",\"x5c\":[\"x\"]}") + ".e30.e30",
                header("{\"alg\":\"ES256\",\"crit\":[\"x\"]}") + ".e30.e30",
                "e".repeat(5000));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void ofNoSenseAtAll(String token) {
        assertRefused(token);
    }

    @Test
    void eachKindOfKeyHasItsAlgorithm() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPairGenerator ed = KeyPairGenerator.getInstance("Ed25519");
        ed.initialize(NamedParameterSpec.ED25519);
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        for (KeyPairGenerator generator : List.of(rsa, ed, ec)) {
            try (TokenRegistry other = new TokenRegistry(SigningKey.of(generator.generateKeyPair()))) {
                String token = other.token("alice", "secret");
                assertThat(other.get("/v2/", token).status()).isEqualTo(200);
                assertThat(registry.get("/v2/", token).status()).isEqualTo(401);
            }
        }
    }

    private void assertAccepted(String token) {
        assertThat(registry.get("/v2/team/app/tags/list", token).status()).isEqualTo(404);
    }

    private void assertRefused(String token) {
        Answer answer = registry.get("/v2/team/app/tags/list", token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("UNAUTHORIZED").doesNotContain("Exception", "jose4j");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"");
    }

    private JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(SERVICE);
        claims.setAudience(SERVICE);
        claims.setSubject("alice");
        claims.setGeneratedJwtId();
        claims.setIssuedAt(at(0));
        claims.setNotBefore(at(0));
        claims.setExpirationTime(at(60));
        claims.setClaim(
                "access", List.of(Map.of("type", "repository", "name", "team/app", "actions", List.of("pull"))));
        return claims;
    }

    private NumericDate at(int seconds) {
        return NumericDate.fromSeconds(registry.clock.instant().getEpochSecond() + seconds);
    }

    private String sign(JwtClaims claims, String algorithm, Key with) throws JoseException {
        return signature(claims, algorithm, with).getCompactSerialization();
    }

    private JsonWebSignature signature(JwtClaims claims, String algorithm, Key with) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(key.verification().id());
        signature.setKey(with);
        signature.setDoKeyValidation(false);
        return signature;
    }

    private static String header(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
