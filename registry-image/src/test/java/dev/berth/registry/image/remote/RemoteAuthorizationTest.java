package dev.berth.registry.image.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.auth.token.BearerAuthenticator;
import dev.berth.registry.auth.token.KeyRing;
import dev.berth.registry.auth.token.SigningKey;
import dev.berth.registry.auth.token.TokenIssuer;
import dev.berth.registry.auth.token.TokenService;
import dev.berth.registry.auth.token.TokenSettings;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.BasicAuthenticator;
import dev.berth.registry.http.auth.Users;
import dev.berth.registry.image.Image;
import dev.berth.registry.jetty.RegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Passwords and tokens: that they are shown where they should be, and nowhere else. */
class RemoteAuthorizationTest {

    private static final Users USERS = Users.of(Map.of("alice", "secret"));
    private static final AccessPolicy POLICY = AccessPolicy.builder()
            .user("alice")
            .push("team/**")
            .anyone()
            .pull("public/**")
            .build();

    private static RegistryServer withPasswords() {
        return RegistryServer.builder()
                .filter(new AuthFilter(new BasicAuthenticator("test", USERS, POLICY)))
                .start();
    }

    private static RegistryServer withTokens() {
        TokenIssuer issuer =
                new TokenIssuer(TokenSettings.of("test"), new KeyRing(SigningKey.generate()), Clock.systemUTC());
        TokenService service = new TokenService(issuer, USERS, POLICY);
        return RegistryServer.builder()
                .filter(service)
                .filter(new AuthFilter(BearerAuthenticator.of(issuer, service::realm, POLICY)))
                .start();
    }

    @Test
    void aPasswordLetsIn() throws IOException {
        try (RegistryServer server = withPasswords()) {
            pushesAsAliceAndNotAsAnother(server);
        }
    }

    @Test
    void aTokenServiceLetsIn() throws IOException {
        try (RegistryServer server = withTokens()) {
            pushesAsAliceAndNotAsAnother(server);
        }
    }

    private static void pushesAsAliceAndNotAsAnother(RegistryServer server) throws IOException {
        Registry alice = RemoteRegistry.at(server.uri(), Credentials.of("alice", "secret"));
        Image image = Image.random(1, 1000);

        image.pushTo(alice, "team/app", "1.0");
        Image pulled = Image.pull(alice, "team/app", "1.0");
        pulled.pushTo(alice, "team/release", "1.0");

        assertThat(pulled.files().contains("/random.bin")).isTrue();
        for (Credentials others :
                List.of(Credentials.none(), Credentials.of("alice", "wrong"), Credentials.token("x"))) {
            Registry other = RemoteRegistry.at(server.uri(), others);
            assertThatThrownBy(() -> image.pushTo(other, "team/app", "2.0"))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.code()).isIn(ErrorCode.UNAUTHORIZED, ErrorCode.DENIED));
        }
        assertThatThrownBy(() -> image.pushTo(alice, "elsewhere/app", "1.0")).isInstanceOf(RegistryException.class);
    }

    @Test
    void aRedirectGetsNeitherPasswordNorToken() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer elsewhere = server(exchange -> {
            seen.add("" + exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, 200, "{\"schemaVersion\":2}");
        });
        HttpServer registry = server(exchange -> {
            boolean known = exchange.getRequestHeaders().getFirst("Authorization") != null;
            if (!known) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
            } else {
                exchange.getResponseHeaders().add("Location", uri(elsewhere) + "moved");
            }
            answer(exchange, known ? 307 : 401, "");
        });
        try {
            Registry remote = RemoteRegistry.at(uri(registry), Credentials.of("alice", "secret"));

            assertThat(Image.find(remote, "team/app", "1.0")).isPresent();
            assertThat(seen).containsExactly("null");
        } finally {
            elsewhere.stop(0);
            registry.stop(0);
        }
    }

    @Test
    void redirectsEnd() throws Exception {
        HttpServer circle = server(exchange -> {
            exchange.getResponseHeaders().add("Location", "/again");
            answer(exchange, 302, "");
        });
        try {
            assertThatThrownBy(() -> Image.find(RemoteRegistry.at(uri(circle)), "team/app", "1.0"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("more than 5 times");
        } finally {
            circle.stop(0);
        }
    }

    @Test
    void strangeAnswersAreTroubleAndNoManifests() throws Exception {
        for (int status : new int[] {500, 503, 204}) {
            HttpServer broken = server(exchange -> answer(exchange, status, ""));
            assertThatThrownBy(() -> Image.find(RemoteRegistry.at(uri(broken)), "team/app", "1.0"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was answered with " + status);
            broken.stop(0);
        }
        HttpServer limited = server(exchange -> answer(exchange, 429, "<html>"));
        assertThatThrownBy(() -> Image.find(RemoteRegistry.at(uri(limited)), "team/app", "1.0"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS));
        limited.stop(0);
        HttpServer lying = server(exchange -> {
            exchange.getResponseHeaders().add("Docker-Content-Digest", "sha256:" + "0".repeat(64));
            answer(exchange, 200, "{}");
        });
        assertThatThrownBy(() -> Image.find(RemoteRegistry.at(uri(lying)), "team/app", "1.0"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other bytes than those of");
        lying.stop(0);
    }

    @Test
    void whereThereIsNoEndpointForReferrersTheirTagIsRead() throws Exception {
        Image subject = Image.random(1, 1);
        Image referrers = Image.index()
                .add(Image.artifact().artifactType("a/b").subject(subject).build())
                .build();
        byte[] index = new byte[referrers.manifest().content().remaining()];
        referrers.manifest().content().get(index);
        HttpServer old = server(exchange -> {
            boolean tag = exchange.getRequestURI()
                    .getPath()
                    .endsWith("/manifests/sha256-" + subject.digest().hex());
            answer(exchange, tag ? 200 : 404, tag ? new String(index) : "");
        });
        try {
            assertThat(RemoteRegistry.at(uri(old))
                            .referrers(
                                    new RepositoryName("a"), subject.digest(), Optional.of("a/b"), Optional.empty(), 9)
                            .items())
                    .hasSize(1);
        } finally {
            old.stop(0);
        }
    }

    @Test
    void challengesAreReadAsTheyAreWritten() {
        Challenge challenge = Challenge.parse(
                "Bearer realm=\"https://auth/token?a=b,c\", service=\"reg \\\"x\\\"\",scope=\"repository:a:pull,push b\", x=1");

        assertThat(challenge.scheme()).isEqualTo("bearer");
        assertThat(challenge.parameters())
                .containsEntry("realm", "https://auth/token?a=b,c")
                .containsEntry("service", "reg \"x\"")
                .containsEntry("scope", "repository:a:pull,push b")
                .containsEntry("x", "1");
        assertThat(Challenge.parse("Basic").parameters()).isEmpty();
    }

    @Test
    void credentialsShowNoSecret() {
        assertThat(Credentials.of("alice", "secret")).hasToString("Credentials[password]");
        assertThat(Credentials.token("secret")).hasToString("Credentials[token]");
    }

    private interface Answering {
        void to(HttpExchange exchange) throws IOException;
    }

    private static HttpServer server(Answering answering) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", answering::to);
        server.start();
        return server;
    }

    private static URI uri(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
        exchange.getResponseBody().write(body.getBytes());
        exchange.close();
    }
}
