package dev.berth.registry.image.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.auth.token.BearerAuthenticator;
import dev.berth.registry.auth.token.KeyRing;
import dev.berth.registry.auth.token.SigningKey;
import dev.berth.registry.auth.token.TokenIssuer;
import dev.berth.registry.auth.token.TokenService;
import dev.berth.registry.auth.token.TokenSettings;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.Users;
import dev.berth.registry.http.profile.ContentNetwork;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.remote.Credentials;
import dev.berth.registry.image.remote.RemoteHandler;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded goes into a repository that others read. */
class SecretsTest {

    private static final String PASSWORD = "correct-horse-battery";

    @TempDir
    Path directory;

    private void record(URI registry, Credentials credentials, RecordingTestClient client) throws Exception {
        try (RecordedRegistry recorded =
                        Recording.at(directory).of(RemoteHandler.at(registry, credentials), RecordingMode.RECORD);
                RegistryServer server =
                        RegistryServer.builder().filter(recorded).start()) {
            client.use(server.uri());
        }
    }

    private interface RecordingTestClient {
        void use(URI server) throws Exception;
    }

    private void assertNowhere(String... secrets) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(secrets);
            }
        }
    }

    private void assertSomewhere(String... texts) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(all.toString()).contains(texts);
    }

    private static HttpResponse<String> get(URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void neitherPasswordsNorTokensNorSignaturesAreKept() throws Exception {
        AccessPolicy policy = AccessPolicy.usersMayAll();
        TokenIssuer issuer =
                new TokenIssuer(TokenSettings.of("test"), new KeyRing(SigningKey.generate()), Clock.systemUTC());
        TokenService service = new TokenService(issuer, Users.of(Map.of("alice", PASSWORD)), policy);
        try (RegistryServer upstream = RegistryServer.builder()
                .filter(service)
                .filter(new ContentNetwork())
                .filter(new AuthFilter(BearerAuthenticator.of(issuer, service::realm, policy)))
                .start()) {
            Image image = Image.random(1, 50_000);

            record(upstream.uri(), Credentials.of("alice", PASSWORD), server -> {
                image.pushTo(RemoteRegistry.at(server), "team/app", "1.0");
                assertThat(Image.find(RemoteRegistry.at(server), "team/app", "1.0"))
                        .contains(image);
                get(server.resolve("/v2/team/app/tags/list?token=from-client"), "Authorization", "Bearer from-client");
            });

            assertNowhere(
                    PASSWORD,
                    Base64.getEncoder().encodeToString(("alice:" + PASSWORD).getBytes(StandardCharsets.UTF_8)),
                    "alice",
                    "eyJ",
                    "from-client",
                    "Bearer",
                    "Authorization",
                    "Cookie",
                    upstream.address());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\u0001\u00e9"})
    void whatARegistryRepeatsOfASecretIsReplaced(String end) throws Exception {
        HttpServer careless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        careless.createContext("/", exchange -> answerCarelessly(exchange, end));
        careless.start();
        try {
            URI registry =
                    URI.create("http://127.0.0.1:" + careless.getAddress().getPort());

            record(registry, Credentials.token("tok-4711-abcdef"), server -> {
                HttpResponse<String> answer = get(server.resolve("/v2/team/app/tags/list"));
                assertThat(answer.body()).contains("tok-4711-abcdef");
                get(server.resolve("/v2/team/app/manifests/1.0"));
            });

            assertNowhere("tok-4711", "session-secret", "refresh-secret", "signed-secret", "x-token-secret");
            assertThat(Files.readString(directory.resolve("exchanges.txt"))).contains("< 403");
            assertSomewhere("\"refresh_token\": \"***\"", "Signature=***");
        } finally {
            careless.stop(0);
        }
    }

    private static void answerCarelessly(HttpExchange exchange, String end) throws IOException {
        byte[] body = ("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"who are you, "
                        + exchange.getRequestHeaders().getFirst("Authorization") + "?\"}],"
                        + "\"refresh_token\": \"refresh-secret\","
                        + "\"see\":\"https://cdn.example/x?a=1&X-Amz-Signature=signed-secret\"}" + end)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Set-Cookie", "session=session-secret");
        exchange.getResponseHeaders().add("X-Registry-Token", "x-token-secret");
        exchange.getResponseHeaders().add("Warning", "299 - \"see https://cdn.example/?token=signed-secret\"");
        exchange.sendResponseHeaders(403, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
