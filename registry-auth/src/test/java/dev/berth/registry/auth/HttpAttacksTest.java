package dev.berth.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.auth.htpasswd.Htpasswd;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.BasicAuthenticator;
import dev.berth.registry.http.auth.GuessLimits;
import dev.berth.registry.http.auth.ThrottledUsers;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.testkit.http.RegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody tries who is not let in, over real connections. */
class HttpAttacksTest {

    private static final String PASSWORD = "correct-horse-battery";

    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Htpasswd users;
    private RegistryServer server;

    @BeforeEach
    void start() throws IOException {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(8, PASSWORD.toCharArray());
        users = Htpasswd.open(Files.writeString(directory.resolve("users"), "alice:" + hash + "\nbob:" + hash + "\n"));
        server = RegistryServer.builder()
                .filter(new AuthFilter(new BasicAuthenticator(
                        "Test", new ThrottledUsers(users, GuessLimits.defaults()), AccessPolicy.usersMayAll())))
                .requestLog(true)
                .start();
        server.registry()
                .beginUpload(new RepositoryName("team/app"), DigestAlgorithm.SHA256)
                .cancel();
    }

    @AfterEach
    void noSecretIsLogged() {
        new RegistryClient(server.uri()).send("GET", "/v2/", "Authorization", "Basic " + base64("bob:" + PASSWORD));
        server.close();
        users.close();
        System.setErr(realErr);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("\"GET /v2/\" 200")
                .doesNotContain(PASSWORD, base64("alice:" + PASSWORD), "$2y$", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/../v2/team/app/tags/list",
                "/v2/team/../team/app/tags/list",
                "/v2/%2e%2e/v2/team/app/tags/list",
                "/v2/team%2Fapp/tags/list",
                "/v2//team/app/tags/list",
                "//v2/team/app/tags/list",
                "/v2/team/app;x=y/tags/list",
                "/v2/team/app/tags/list;x",
                "/v2/team/app/tags/list%00",
                "/V2/team/app/tags/list",
                "/v2/team/app/./tags/list",
                "/v2/team/app/tags/list/",
                "/v2/team\\app/tags/list",
                "/v2/_catalog/",
                "/v2/_catalog%20",
                "/%76%32/_catalog",
            })
    void noWayAroundLeadsIn(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|401|404) .*").doesNotContain("\"tags\"", "repositories", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!!",
                "Basic =",
                "Bearer abc",
                "Digest username=alice",
                "Negotiate abc",
                "basic YWxpY2U=",
                "Basic OnBhc3N3b3Jk",
                "\u0001",
            })
    void noOddHeaderLeadsIn(String value) throws Exception {
        String answer =
                raw("GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + value + "\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|401) .*").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "alice:",
                ":" + PASSWORD,
                "alice\u0000:" + PASSWORD,
                "alice:" + PASSWORD + "\u0000",
                "alice:" + PASSWORD + "\n",
                "alice\r\nX-Admin: 1:" + PASSWORD,
                "alice:x:" + PASSWORD,
                "ALICE:" + PASSWORD,
                " alice:" + PASSWORD,
            })
    void noOddNameLeadsIn(String pair) throws Exception {
        assertThat(get(base64(pair))).startsWith("HTTP/1.1 401");
        assertThat(get(base64("alice:" + PASSWORD))).startsWith("HTTP/1.1 200");
    }

    @Test
    void twoCredentialsAreNone() throws Exception {
        String good = "Authorization: Basic " + base64("alice:" + PASSWORD) + "\r\n";
        String bad = "Authorization: Basic " + base64("alice:wrong") + "\r\n";

        for (String both : List.of(good + bad, bad + good)) {
            assertThat(raw("GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + both + "\r\n"))
                    .matches("(?s)HTTP/1.1 (400|401) .*");
        }
    }

    @Test
    void tenMegabytesOfAHeaderAreNotRead() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /v2/ HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ".getBytes(StandardCharsets.US_ASCII));
            byte[] piece = "A".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            int sent = 0;
            try {
                while (sent < 100) {
                    out.write(piece);
                    sent++;
                }
            } catch (IOException e) {
                // The server has hung up on us, as it should.
            }
            assertThat(sent).isLessThan(100);
        }
        assertThat(get(base64("alice:" + PASSWORD))).startsWith("HTTP/1.1 200");
    }

    @Test
    void aThousandWrongPasswordsLockNobodyElseOut() throws Exception {
        AtomicBoolean guessing = new AtomicBoolean(true);
        ExecutorService attackers = Executors.newFixedThreadPool(16);
        try {
            assertThat(get(base64("bob:" + PASSWORD))).startsWith("HTTP/1.1 200");
            List<CompletableFuture<Integer>> guesses = new ArrayList<>();
            RegistryClient client = new RegistryClient(server.uri());
            for (int i = 0; i < 1000; i++) {
                String guess = base64("alice:guess" + i);
                guesses.add(CompletableFuture.supplyAsync(
                        () -> client.send("GET", "/v2/", "Authorization", "Basic " + guess)
                                .status(),
                        attackers));
            }
            CompletableFuture<Integer> others = CompletableFuture.supplyAsync(() -> {
                int served = 0;
                while (guessing.get()) {
                    served += client.send("GET", "/v2/", "Authorization", "Basic " + base64("bob:" + PASSWORD))
                                            .status()
                                    == 200
                            ? 1
                            : 0;
                }
                return served;
            });

            List<Integer> answers = new ArrayList<>();
            for (CompletableFuture<Integer> guess : guesses) {
                answers.add(guess.get(60, TimeUnit.SECONDS));
            }
            guessing.set(false);

            assertThat(answers).doesNotContain(200).contains(401, 429);
            assertThat(answers.stream().filter(status -> status == 401).count()).isLessThan(100);
            assertThat(others.get(60, TimeUnit.SECONDS)).isGreaterThan(10);
        } finally {
            attackers.shutdownNow();
        }
    }

    private String get(String basic) throws IOException {
        return raw("GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic " + basic + "\r\n\r\n");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
