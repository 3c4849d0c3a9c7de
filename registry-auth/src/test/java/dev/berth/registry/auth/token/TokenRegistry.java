package dev.berth.registry.auth.token;

import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.PasswordAttempt;
import dev.berth.registry.http.auth.Users;
import dev.berth.registry.http.auth.Verdict;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.testkit.http.RegistryClient;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry with a token service, and its users. */
final class TokenRegistry implements AutoCloseable {

    static final String SERVICE = "registry.test";
    static final AccessPolicy POLICY = AccessPolicy.builder()
            .user("root")
            .all("**")
            .user("alice")
            .push("team/**")
            .list("team/**")
            .anyone()
            .pull("public/**")
            .build();

    final ManualClock clock = new ManualClock();
    final KeyRing keys;
    final TokenIssuer issuer;
    final RegistryServer server;
    final RegistryClient client;
    private volatile Users users = Users.of(Map.of("root", "toor", "alice", "secret"));

    TokenRegistry(SigningKey key) {
        keys = new KeyRing(key);
        TokenSettings settings =
                TokenSettings.of(SERVICE).withLifetime(Duration.ofMinutes(2)).withSkew(Duration.ofSeconds(10));
        issuer = new TokenIssuer(settings, keys, clock);
        TokenService service = new TokenService(issuer, new Changing(), POLICY);
        server = RegistryServer.builder()
                .filter(service)
                .filter(new AuthFilter(BearerAuthenticator.of(issuer, service::realm, POLICY)))
                .start();
        client = new RegistryClient(server.uri());
    }

    void setPasswords(Map<String, String> passwords) {
        users = Users.of(passwords);
    }

    /** Gets a token with a name and a password. */
    String token(String user, String password, String... scopes) {
        Answer answer = login(user, password, scopes);
        return field(answer, "token");
    }

    Answer login(String user, String password, String... scopes) {
        return client.send("GET", path(scopes), "Authorization", basic(user, password));
    }

    static String path(String... scopes) {
        StringBuilder path = new StringBuilder("/token?service=" + SERVICE);
        for (String scope : scopes) {
            path.append("&scope=").append(scope);
        }
        return path.toString();
    }

    Answer post(String form) {
        return client.send(
                "POST",
                "/token",
                form.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    Answer get(String path, String token) {
        return client.send("GET", path, "Authorization", "Bearer " + token);
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String field(Answer answer, String name) {
        return find(answer, name)
                .orElseThrow(() -> new AssertionError("no " + name + " in " + answer + ": " + answer.text()));
    }

    static Optional<String> find(Answer answer, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.text());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Users who may change. */
    private final class Changing implements Users {
        @Override
        public CompletionStage<Verdict> check(PasswordAttempt attempt) {
            return users.check(attempt);
        }

        @Override
        public Optional<String> revision(String name) {
            return users.revision(name);
        }
    }
}
