package dev.berth.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.auth.token.BearerAuthenticator;
import dev.berth.registry.auth.token.KeyRing;
import dev.berth.registry.auth.token.SigningKey;
import dev.berth.registry.auth.token.TokenIssuer;
import dev.berth.registry.auth.token.TokenService;
import dev.berth.registry.auth.token.TokenSettings;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.HttpOptions;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.auth.AccessNeeds;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.BasicAuthenticator;
import dev.berth.registry.http.auth.Users;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what at which endpoint: all of it, with passwords and with tokens. */
class AccessMatrixTest {

    private static final String NOBODY = "";
    private static final Map<String, String> PASSWORDS = Map.of("root", "toor", "alice", "secret", "bob", "hunter2");

    private static final AccessPolicy POLICY = AccessPolicy.builder()
            .user("root")
            .all("**")
            .user("alice")
            .push("team/**")
            .delete("team/**")
            .list("team/**")
            .anyUser()
            .pull("team/**")
            .anyone()
            .list("open/**")
            .build();

    /** What the policy comes to, written down by hand: p for pull, w for push, d for delete. */
    private static final Map<String, Map<String, String>> RIGHTS = Map.of(
            "root",
            Map.of("open/app", "pwd", "team/app", "pwd", "secret/app", "pwd", "missing/app", "pwd"),
            "alice",
            Map.of("open/app", "p", "team/app", "pwd", "secret/app", "", "missing/app", ""),
            "bob",
            Map.of("open/app", "p", "team/app", "p", "secret/app", "", "missing/app", ""),
            NOBODY,
            Map.of("open/app", "p", "team/app", "", "secret/app", "", "missing/app", ""));

    private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECRET = "a secret blob".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MANIFEST =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"
                    .getBytes(StandardCharsets.UTF_8);

    /** Endpoint, the right it takes, and what is sent. */
    private static final List<Request> REQUESTS = List.of(
            new Request("GET", "/v2/NAME/tags/list", "p", false),
            new Request("GET", "/v2/NAME/manifests/latest", "p", false),
            new Request("HEAD", "/v2/NAME/manifests/latest", "p", false),
            new Request("GET", "/v2/NAME/manifests/" + digest(MANIFEST), "p", false),
            new Request("GET", "/v2/NAME/manifests/absent", "p", false),
            new Request("GET", "/v2/NAME/blobs/" + digest(BLOB), "p", false),
            new Request("HEAD", "/v2/NAME/blobs/" + digest(BLOB), "p", false),
            new Request("HEAD", "/v2/NAME/blobs/" + digest(SECRET), "p", false),
            new Request("GET", "/v2/NAME/referrers/" + digest(MANIFEST), "p", false),
            new Request("POST", "/v2/NAME/blobs/uploads/", "w", false),
            new Request("POST", "/v2/NAME/blobs/uploads/?digest=" + digest(BLOB), "w", true),
            new Request("POST", "/v2/NAME/blobs/uploads/?mount=" + digest(BLOB) + "&from=open/app", "w", false),
            new Request("GET", "/v2/NAME/blobs/uploads/00000000-0000-0000-0000-000000000000", "w", false),
            new Request("PATCH", "/v2/NAME/blobs/uploads/00000000-0000-0000-0000-000000000000", "w", true),
            new Request(
                    "PUT",
                    "/v2/NAME/blobs/uploads/00000000-0000-0000-0000-000000000000?digest=" + digest(BLOB),
                    "w",
                    true),
            new Request("DELETE", "/v2/NAME/blobs/uploads/00000000-0000-0000-0000-000000000000", "w", false),
            new Request("PUT", "/v2/NAME/manifests/new", "w", true),
            new Request("DELETE", "/v2/NAME/manifests/latest", "d", false),
            new Request("DELETE", "/v2/NAME/manifests/" + digest(MANIFEST), "d", false),
            new Request("DELETE", "/v2/NAME/blobs/" + digest(BLOB), "d", false));

    private record Request(String method, String path, String right, boolean body) {
        @Override
        public String toString() {
            return method + " " + path.replaceAll("[0-9a-f]{60,}", "…");
        }
    }

    enum Mode {
        PASSWORD,
        TOKEN
    }

    static Stream<Arguments> rows() {
        List<Arguments> rows = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            for (String caller : RIGHTS.keySet()) {
                for (String repository : RIGHTS.get(caller).keySet()) {
                    for (Request request : REQUESTS) {
                        rows.add(Arguments.of(mode, caller, repository, request));
                    }
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyoneDoesWhatTheyMayAndNothingElse(Mode mode, String caller, String repository, Request request)
            throws Exception {
        World world = new World(mode);

        Seen seen = world.send(caller, request, repository);

        boolean allowed = RIGHTS.get(caller).get(repository).contains(request.right);
        if (allowed) {
            assertThat(seen.status).isNotIn(401, 403);
            return;
        }
        boolean asksForMore = caller.equals(NOBODY) || mode == Mode.TOKEN;
        assertThat(seen.status).isEqualTo(asksForMore ? 401 : 403);
        assertThat(seen.headers.containsKey("www-authenticate")).isEqualTo(asksForMore);
        assertThat(seen.body).contains(request.method.equals("HEAD") ? "" : asksForMore ? "UNAUTHORIZED" : "DENIED");
        assertThat(world.contents()).isEqualTo(new World(mode).contents());
    }

    static Stream<Arguments> hidden() {
        return rows().filter(row -> row.get()[2].equals("secret/app")
                && RIGHTS.get((String) row.get()[1]).get("secret/app").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void whatIsNotTheirsLooksLikeWhatIsNotThere(Mode mode, String caller, String repository, Request request)
            throws Exception {
        World world = new World(mode);
        assertThat(world.send(caller, request, repository).named(repository))
                .isEqualTo(world.send(caller, request, "missing/app").named("missing/app"));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void noBlobIsMountedFromWhereItMayNotBePulled(Mode mode) throws Exception {
        World world = new World(mode);
        for (String from : new String[] {"&from=secret/app", "&from=missing/app", ""}) {
            for (byte[] blob : new byte[][] {SECRET, "no such blob".getBytes(StandardCharsets.UTF_8)}) {
                Request mount = new Request("POST", "/v2/NAME/blobs/uploads/?mount=" + digest(blob) + from, "w", false);
                Seen seen = world.send("alice", mount, "team/app");
                assertThat(seen.status).as(mount.toString()).isEqualTo(202);
                assertThat(seen.headers.keySet())
                        .isEqualTo(world.send(
                                        "alice", new Request("POST", "/v2/NAME/blobs/uploads/", "w", false), "team/app")
                                .headers
                                .keySet());
            }
        }
        Request mount =
                new Request("POST", "/v2/NAME/blobs/uploads/?mount=" + digest(SECRET) + "&from=secret/app", "w", false);
        assertThat(world.send("root", mount, "team/app").status).isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theCatalogueIsTheirs(Mode mode) throws Exception {
        World world = new World(mode);
        Request catalog = new Request("GET", "/v2/_catalog", "", false);

        assertThat(world.send("root", catalog, "").body).contains("open/app", "secret/app", "team/app");
        assertThat(world.send("alice", catalog, "").body)
                .contains("open/app", "team/app")
                .doesNotContain("secret");
        assertThat(world.send("bob", catalog, "").body).contains("open/app").doesNotContain("secret", "team");
        assertThat(world.send(NOBODY, catalog, "").body).contains("open/app").doesNotContain("secret", "team");
    }

    @Test
    void aWrongPasswordIsRefusedEverywhere() throws Exception {
        World world = new World(Mode.PASSWORD);
        for (Request request : REQUESTS) {
            for (String repository : List.of("open/app", "team/app", "secret/app", "missing/app")) {
                Headers wrong = Headers.of("Authorization", basic("alice", "wrong"));
                Seen seen =
                        world.exchange(request.method, request.path.replace("NAME", repository), wrong, request.body);
                assertThat(seen.status).isEqualTo(401);
                assertThat(seen.headers).containsEntry("www-authenticate", "Basic realm=\"Test\"");
            }
        }
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static Digest digest(byte[] content) {
        return DigestAlgorithm.SHA256.digest(content);
    }

    /** An answer, as far as a client can compare it with another one. */
    private record Seen(int status, Map<String, String> headers, String body) {
        Seen named(String name) {
            Map<String, String> same = new TreeMap<>(headers);
            same.replaceAll((field, value) -> value.replace(name, "NAME"));
            return new Seen(status, same, body.replace(name, "NAME"));
        }
    }

    /** A registry with content, and its users. */
    private static final class World {

        private final Registry registry = new StoredRegistry(new MemoryStorage());
        private final Mode mode;
        private final RegistryHandler handler;

        World(Mode mode) throws IOException {
            this.mode = mode;
            for (String name : List.of("open/app", "team/app", "secret/app")) {
                RepositoryName repository = new RepositoryName(name);
                push(repository, BLOB);
                registry.putManifest(
                        repository,
                        Manifest.parse(MANIFEST, Optional.of(MediaTypes.OCI_INDEX), DigestAlgorithm.SHA256),
                        List.of(new Tag("latest")));
            }
            push(new RepositoryName("secret/app"), SECRET);
            Users users = Users.of(PASSWORDS);
            handler = RegistryHandler.of(registry, options(users));
        }

        private HttpOptions options(Users users) {
            if (mode == Mode.PASSWORD) {
                return HttpOptions.defaults().plusFilter(new AuthFilter(new BasicAuthenticator("Test", users, POLICY)));
            }
            TokenIssuer issuer =
                    new TokenIssuer(TokenSettings.of("Test"), new KeyRing(SigningKey.generate()), Clock.systemUTC());
            TokenService service = new TokenService(issuer, users, POLICY);
            HttpFilter auth = new AuthFilter(BearerAuthenticator.of(issuer, service::realm, POLICY));
            return HttpOptions.defaults().plusFilter(service).plusFilter(auth);
        }

        private void push(RepositoryName repository, byte[] content) throws IOException {
            BlobUpload upload = registry.beginUpload(repository, DigestAlgorithm.SHA256);
            try (BlobWriter writer = upload.append()) {
                writer.write(ByteBuffer.wrap(content));
            }
            upload.commit(digest(content));
        }

        List<String> contents() throws IOException {
            List<String> contents = new ArrayList<>();
            for (RepositoryName name :
                    registry.repositories(Optional.empty(), 100).items()) {
                contents.add(name + " "
                        + registry.tags(name, Optional.empty(), 100)
                                .orElseThrow()
                                .items());
            }
            return contents;
        }

        Seen send(String caller, Request request, String repository) throws Exception {
            String path = request.path.replace("NAME", repository);
            return exchange(request.method, path, credentials(caller, request.method, path), request.body);
        }

        /** Whoever has a password gets a token for what the request takes, if that is how it goes. */
        private Headers credentials(String caller, String method, String path) throws Exception {
            Headers password = caller.equals(NOBODY)
                    ? Headers.none()
                    : Headers.of("Authorization", basic(caller, PASSWORDS.get(caller)));
            if (mode == Mode.PASSWORD) {
                return password;
            }
            String scope =
                    AccessNeeds.of(request(method, path, Headers.none(), false)).scope();
            Seen answer = exchange("GET", "/token?scope=" + scope.replace(" ", "%20"), password, false);
            Matcher token = Pattern.compile("\"token\":\"([^\"]*)\"").matcher(answer.body);
            assertThat(token.find()).as(answer.toString()).isTrue();
            return Headers.of("Authorization", "Bearer " + token.group(1));
        }

        private static RegistryRequest request(String method, String path, Headers headers, boolean body) {
            RequestBody content =
                    body ? RequestBody.of(path.contains("manifests") ? MANIFEST : BLOB) : RequestBody.empty();
            Headers typed = body ? headers.with("Content-Type", "application/vnd.oci.image.index.v1+json") : headers;
            return RegistryRequest.of(
                    method, path, typed, content, new RegistryRequest.Connection("127.0.0.1", false, "127.0.0.1:5000"));
        }

        Seen exchange(String method, String path, Headers headers, boolean body) throws Exception {
            RegistryResponse response = handler.handle(request(method, path, headers, body))
                    .toCompletableFuture()
                    .get();
            Map<String, String> fields = new TreeMap<>();
            response.headers().forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), value));
            ByteBuffer bytes = ByteBuffer.allocate((int) response.body().length());
            try (var content = response.body()) {
                while (bytes.hasRemaining() && content.read(bytes, bytes.position()) > 0) {
                    // until it is full
                }
            }
            return new Seen(response.status(), fields, new String(bytes.array(), StandardCharsets.UTF_8));
        }
    }
}
