package dev.berth.registry.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.http.Caller;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.jetty.tls.CertifiedKey;
import dev.berth.registry.jetty.tls.TestCertificates;
import dev.berth.registry.testkit.http.RegistryClient;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that trusts the tokens of a service which is not its own. */
class TrustedTokensTest {

    private static final String REALM = "https://auth.example/token";

    private final ManualClock clock = new ManualClock();
    private final TokenSettings settings = TokenSettings.of("registry.test").withIssuer("auth.example");
    private final SigningKey key = SigningKey.generate();
    private final TokenIssuer foreign = new TokenIssuer(settings, new KeyRing(key), clock);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void theChallengeLeadsToTheOtherService() throws Exception {
        try (RegistryServer server = serve(KeyFiles.bundle(pem("PUBLIC KEY", key.open())))) {
            Answer answer = new RegistryClient(server.uri()).send("GET", "/v2/team/app/tags/list");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"" + REALM
                            + "\",service=\"registry.test\",scope=\"repository:team/app:pull\"");
        }
    }

    @Test
    void aKeyOfTheBundleIsTrusted() throws Exception {
        try (RegistryServer server = serve(KeyFiles.bundle(pem("PUBLIC KEY", key.open())))) {
            assertThat(pull(server, foreign)).isEqualTo(404);
            assertThat(pull(server, new TokenIssuer(settings, new KeyRing(SigningKey.generate()), clock)))
                    .isEqualTo(401);
            assertThat(pull(server, new TokenIssuer(settings.withIssuer("evil"), new KeyRing(key), clock)))
                    .isEqualTo(401);
        }
    }

    @Test
    void aKeyOfASetIsTrusted() throws Exception {
        Path set =
                Files.writeString(directory.resolve("jwks.json"), foreign.keys().publicKeySet());

        try (RegistryServer server = serve(KeyFiles.keySet(set))) {
            assertThat(pull(server, foreign)).isEqualTo(404);
        }
    }

    @Test
    void bothMayBeGiven() throws Exception {
        TokenIssuer other = new TokenIssuer(settings, new KeyRing(SigningKey.generate()), clock);
        Path set =
                Files.writeString(directory.resolve("jwks.json"), other.keys().publicKeySet());

        try (RegistryServer server =
                serve(KeyFiles.bundle(pem("PUBLIC KEY", key.open())).plus(KeyFiles.keySet(set)))) {
            assertThat(pull(server, foreign)).isEqualTo(404);
            assertThat(pull(server, other)).isEqualTo(404);
        }
    }

    @Test
    void aRegistryMayTrustTheTokensOfAnother() throws Exception {
        try (TokenRegistry other = new TokenRegistry(key);
                RegistryServer server = serve(
                        other.issuer.settings(),
                        RemoteKeys.at(other.server.uri().resolve("token/keys"), HttpClient.newHttpClient(), clock))) {
            Answer set = other.client.send("GET", "/token/keys");
            assertThat(set.header("Content-Type")).isEqualTo("application/jwk-set+json");
            assertThat(set.text()).contains("\"use\":\"sig\"").doesNotContain("\"d\":");

            assertThat(pull(server, other.token("alice", "secret", "repository:team/app:pull")))
                    .isEqualTo(404);
            assertThat(pull(server, other.token("alice", "secret", "repository:team/b:pull")))
                    .isEqualTo(401);

            other.keys.rotate(SigningKey.generate());
            clock.advance(Duration.ofSeconds(31));
            assertThat(pull(server, other.token("alice", "secret", "repository:team/app:pull")))
                    .isEqualTo(404);
        }
    }

    @Test
    void keysForSomethingElseAreLeftOut() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        JsonWebKey encryption =
                VerificationKey.of(rsa.generateKeyPair().getPublic()).json();
        encryption.setUse("enc");
        JsonWebKey otherwise =
                VerificationKey.of(rsa.generateKeyPair().getPublic()).json();
        otherwise.setAlgorithm("PS256");
        rsa.initialize(1024);
        String tooShort =
                JsonWebKey.Factory.newJwk(rsa.generateKeyPair().getPublic()).toJson();
        String exchange = "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"kid\":\"x\",\"x\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[] {9}) + "A".repeat(41) + "\"}";
        String secret = "{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"" + encryption.getKeyId() + "\"}";
        String unheard = "{\"kty\":\"AKP\",\"kid\":\"pq\"}";
        List<String> others = List.of(
                encryption.toJson(), otherwise.toJson(), tooShort, exchange, secret, unheard, "{\"kty\":\"EC\"}");

        assertThatThrownBy(() -> KeyFiles.keySet(set(others)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no public key for signatures");

        List<String> andOurs = new ArrayList<>(others);
        andOurs.add(key.verification().publicJson());
        KeyFiles keys = KeyFiles.keySet(set(andOurs));
        try (RegistryServer server = serve(keys)) {
            assertThat(pull(server, foreign)).isEqualTo(404);
        }
        assertThat(keys.find(Optional.of(String.valueOf(encryption.getKeyId())), List.of(), clock.instant()))
                .isEmpty();
        assertThat(keys.find(Optional.of(String.valueOf(otherwise.getKeyId())), List.of(), clock.instant()))
                .isEmpty();
    }

    private Path set(List<String> keys) throws IOException {
        return Files.writeString(directory.resolve("jwks.json"), "{\"keys\":[" + String.join(",", keys) + "]}");
    }

    @Test
    void whoeverMaySeeTheCatalogueSeesTheWhole() throws Exception {
        try (RegistryServer server = serve(KeyFiles.bundle(pem("PUBLIC KEY", key.open())))) {
            String token = foreign.issue(
                    Caller.named("ci"),
                    List.of(
                            new ResourceAccess("registry", "catalog", Set.of("*")),
                            new ResourceAccess("repository", "a/b", Set.of("pull", "push"))));
            RegistryClient client = new RegistryClient(server.uri());
            client.send(
                    "PUT",
                    "/v2/a/b/manifests/latest",
                    "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"
                            .getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/vnd.oci.image.index.v1+json",
                    "Authorization",
                    "Bearer " + token);

            assertThat(client.send("GET", "/v2/_catalog", "Authorization", "Bearer " + token)
                            .text())
                    .contains("a/b");
        }
    }

    @Test
    void keysAreFetchedWhenATokenNamesAnUnknownOneAndNotTooOften() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        HttpServer keys = keyServer(exchange -> {
            fetched.incrementAndGet();
            answer(exchange, 200, foreign.keys().publicKeySet());
        });
        try (RegistryServer server = serve(RemoteKeys.at(location(keys), HttpClient.newHttpClient(), clock))) {
            assertThat(pull(server, foreign)).isEqualTo(404);
            assertThat(pull(server, foreign)).isEqualTo(404);
            assertThat(fetched).hasValue(1);

            TokenIssuer stranger = new TokenIssuer(settings, new KeyRing(SigningKey.generate()), clock);
            assertThat(pull(server, stranger)).isEqualTo(401);
            assertThat(pull(server, stranger)).isEqualTo(401);
            assertThat(fetched).hasValue(1);

            foreign.keys().rotate(SigningKey.generate());
            clock.advance(Duration.ofSeconds(31));
            assertThat(pull(server, foreign)).isEqualTo(404);
            assertThat(fetched).hasValue(2);

            keys.stop(0);
            clock.advance(Duration.ofHours(2));
            assertThat(pull(server, foreign)).isEqualTo(404);
        } finally {
            keys.stop(0);
        }
    }

    @Test
    void whoeverHasAKnownKeyDoesNotWaitForTheOthers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger fetched = new AtomicInteger();
        HttpServer keys = keyServer(exchange -> {
            if (fetched.incrementAndGet() > 1) {
                asked.countDown();
                await(release);
            }
            answer(exchange, 200, foreign.keys().publicKeySet());
        });
        try (RegistryServer server = serve(RemoteKeys.at(location(keys), HttpClient.newHttpClient(), clock))) {
            assertThat(pull(server, foreign)).isEqualTo(404);
            clock.advance(Duration.ofMinutes(1));

            TokenIssuer stranger = new TokenIssuer(settings, new KeyRing(SigningKey.generate()), clock);
            List<CompletableFuture<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> pull(server, stranger), threads));
            }
            await(asked);
            assertThat(pull(server, foreign)).isEqualTo(404);
            clock.advance(Duration.ofHours(2));
            assertThat(pull(server, foreign)).isEqualTo(404);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            release.countDown();
            assertThat(waiting)
                    .allSatisfy(status ->
                            assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(401));
            assertThat(fetched).hasValue(2);
        } finally {
            release.countDown();
            keys.stop(0);
        }
    }

    @Test
    void whatIsNoAnswerLeavesTheKeysThatThereWere() throws Exception {
        AtomicReference<HttpHandler> handler = new AtomicReference<>();
        HttpServer keys = keyServer(exchange -> handler.get().handle(exchange));
        String set = foreign.keys().publicKeySet();
        try (RegistryServer server = serve(RemoteKeys.at(location(keys), HttpClient.newHttpClient(), clock))) {
            List<HttpHandler> unusable = List.of(
                    exchange -> answer(exchange, 500, set),
                    exchange -> answer(exchange, 200, "{"),
                    exchange -> answer(exchange, 200, set + " ".repeat(1 << 20)),
                    exchange -> {
                        exchange.getResponseHeaders().set("Location", location(keys) + "/elsewhere");
                        answer(exchange, 302, set);
                    },
                    exchange -> {
                        // As long as it says, and cut short.
                        exchange.sendResponseHeaders(200, set.length() + 1);
                        exchange.getResponseBody().write(set.getBytes(StandardCharsets.UTF_8));
                        exchange.close();
                    });
            for (HttpHandler odd : unusable) {
                handler.set(odd);
                clock.advance(Duration.ofSeconds(31));
                assertThat(pull(server, foreign)).isEqualTo(401);
            }
            handler.set(exchange -> answer(exchange, 200, set));
            clock.advance(Duration.ofSeconds(31));
            assertThat(pull(server, foreign)).isEqualTo(404);
            for (HttpHandler odd : unusable) {
                handler.set(odd);
                clock.advance(Duration.ofHours(2));
                assertThat(pull(server, foreign)).isEqualTo(404);
            }
        } finally {
            keys.stop(0);
        }
    }

    @Test
    void aKeyThatIsTakenBackIsForgottenWhileItsTokensLive() throws Exception {
        TokenIssuer longLived = new TokenIssuer(settings.withLifetime(Duration.ofDays(1)), foreign.keys(), clock);
        HttpServer keys =
                keyServer(exchange -> answer(exchange, 200, foreign.keys().publicKeySet()));
        try (RegistryServer server = serve(RemoteKeys.at(location(keys), HttpClient.newHttpClient(), clock))) {
            String token = token(longLived);
            assertThat(pull(server, token)).isEqualTo(404);

            foreign.keys().rotate(SigningKey.generate());
            foreign.keys().forgetFormer();
            clock.advance(Duration.ofHours(2));
            // The first one finds the keys old and has them fetched.
            pull(server, token);

            assertThat(eventually(() -> pull(server, token), 401)).isEqualTo(401);
        } finally {
            keys.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/keys", "ftp://keys.example/", "keys.json", "https:keys", "http:///keys"})
    void whatIsNoUrlForKeysIsRefused(String text) {
        assertThatThrownBy(() -> RemoteKeys.at(URI.create(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aChainOfCertificatesIsTrustedUpToTheBundle() throws Exception {
        TestCertificates authority = TestCertificates.create();
        CertifiedKey leaf = authority.client("token service");
        KeyFiles bundle = KeyFiles.bundle(Files.writeString(directory.resolve("root.pem"), authority.authorityPem()));
        KeyFiles other = KeyFiles.bundle(Files.writeString(
                directory.resolve("other.pem"), TestCertificates.create().authorityPem()));
        Instant now = Instant.now();
        List<String> x5c = List.of(encoded(leaf.certificate()), encoded(authority.authority()));

        assertThat(bundle.find(Optional.empty(), x5c, now))
                .get()
                .extracting(VerificationKey::key)
                .isEqualTo(leaf.certificate().getPublicKey());
        assertThat(bundle.find(Optional.of("unknown"), x5c.subList(0, 1), now)).isPresent();
        assertThat(bundle.find(Optional.empty(), x5c.subList(1, 2), now)).isPresent();
        assertThat(bundle.find(Optional.empty(), x5c, now.plus(Duration.ofDays(100))))
                .isEmpty();
        assertThat(bundle.find(Optional.empty(), List.of("AAAA"), now)).isEmpty();
        assertThat(other.find(Optional.empty(), x5c, now)).isEmpty();
    }

    private static String encoded(X509Certificate certificate) throws CertificateEncodingException {
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"})
    void whatIsNoBundleIsNamed(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("bundle.pem"), text);

        assertThatThrownBy(() -> KeyFiles.bundle(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bundle.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}", "[]"})
    void whatIsNoKeySetIsNamed(String json) throws Exception {
        Path file = Files.writeString(directory.resolve("jwks.json"), json);

        assertThatThrownBy(() -> KeyFiles.keySet(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("jwks.json");
    }

    @Test
    void aShortKeyIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();

        assertThatThrownBy(() -> SigningKey.of(pair)).hasMessageContaining("2048");
        assertThatThrownBy(() -> KeyFiles.bundle(pem("PUBLIC KEY", pair.getPublic())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2048");
    }

    private RegistryServer serve(TrustedKeys keys) {
        return serve(settings, keys);
    }

    private RegistryServer serve(TokenSettings agreed, TrustedKeys keys) {
        return RegistryServer.builder()
                .filter(new AuthFilter(BearerAuthenticator.trusting(REALM, agreed, keys, clock)))
                .start();
    }

    private HttpServer keyServer(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/keys", handler);
        server.start();
        return server;
    }

    private static URI location(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int eventually(IntSupplier supplier, int expected) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        int found = supplier.getAsInt();
        while (found != expected && System.nanoTime() < end) {
            Thread.onSpinWait();
            found = supplier.getAsInt();
        }
        return found;
    }

    private static String token(TokenIssuer issuer) {
        return issuer.issue(Caller.named("ci"), List.of(new ResourceAccess("repository", "team/app", Set.of("pull"))));
    }

    private static int pull(RegistryServer server, TokenIssuer issuer) {
        return pull(server, token(issuer));
    }

    private static int pull(RegistryServer server, String token) {
        return new RegistryClient(server.uri())
                .send("GET", "/v2/team/app/tags/list", "Authorization", "Bearer " + token)
                .status();
    }

    private Path pem(String kind, PublicKey open) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(open.getEncoded())
                + "\n-----END " + kind + "-----\n";
        return Files.writeString(directory.resolve("key.pem"), text);
    }
}
