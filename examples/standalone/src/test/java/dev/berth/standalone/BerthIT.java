package dev.berth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees who types the command. */
class BerthIT {

    private static final byte[] CONTENT = "as it was pushed".getBytes(StandardCharsets.UTF_8);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void servesWithoutAnyConfigurationAndSaysWhatAndWhere() throws Exception {
        try (BerthProcess berth = start("--port", "0")) {
            HttpResponse<String> response = get(berth.address().resolve("/v2/"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(berth.output())
                    .contains("to this machine alone")
                    .contains("Content is kept in "
                            + directory.toRealPath().resolve("berth-data").toAbsolutePath());
        }
    }

    @Test
    void whatWasPushedIsThereAfterARestart() throws Exception {
        String digest;
        try (BerthProcess first = start("--port", "0", "--data", "registry")) {
            digest = push(first.address());
            first.terminate();
            assertThat(first.exitCode()).isZero();
        }

        try (BerthProcess second = start("--port", "0", "--data", "registry")) {
            HttpResponse<String> response = get(second.address().resolve("/v2/demo/app/blobs/" + digest));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(new String(CONTENT, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        String digest;
        try (BerthProcess killed = start("--port", "0")) {
            digest = push(killed.address());
        }

        try (BerthProcess next = start("--port", "0")) {
            assertThat(get(next.address().resolve("/v2/demo/app/blobs/" + digest))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRequestInFlightEndsBeforeTheProcessDoes() throws Exception {
        try (BerthProcess berth = start("--port", "0", "--memory")) {
            URI address = berth.address();
            String session =
                    beginUpload(address).headers().firstValue("Location").orElseThrow();

            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(("PATCH " + session
                                + " HTTP/1.1\r\nHost: registry\r\nConnection: close\r\nContent-Length: 4\r\n\r\nab")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
                untilReceived(address.resolve(session), 2);
                berth.terminate();
                out.write("cd".getBytes(StandardCharsets.US_ASCII));
                out.flush();

                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 202");
            }
            assertThat(berth.exitCode()).isZero();
        }
    }

    @Test
    void garbageIsCollectedByACommand() throws Exception {
        String digest;
        try (BerthProcess server = start("serve", "--port", "0", "--data", "registry")) {
            digest = push(server.address());
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }

        try (BerthProcess command = start("garbage-collect", "--data", "registry")) {
            assertThat(command.exitCode()).isZero();
            assertThat(command.output()).contains("removed blob " + digest).contains("1 blob, which freed 16 bytes");
        }
        try (BerthProcess mistaken = start("--data", "registry", "garbage-collect")) {
            assertThat(mistaken.exitCode()).isEqualTo(2);
            assertThat(mistaken.errors())
                    .isEqualToIgnoringNewLines("berth: garbage-collect comes first, and its options behind it");
        }
    }

    @Test
    void moreThanTheLimitsIsRefused() throws Exception {
        try (BerthProcess berth = start("--port", "0", "--memory", "--limits", "blob=15B,manifest=10B,sessions=1")) {
            URI address = berth.address();
            String session =
                    beginUpload(address).headers().firstValue("Location").orElseThrow();

            assertRefused(put(address.resolve(session + "?digest=" + digest())), 413, "SIZE_INVALID");
            assertRefused(put(address.resolve("/v2/demo/app/manifests/1")), 413, "MANIFEST_INVALID");
            assertRefused(beginUpload(address), 403, "DENIED");
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                BerthProcess berth = start("--port", Integer.toString(taken.getLocalPort()), "--memory")) {
            assertThat(berth.exitCode()).isEqualTo(1);
            assertThat(berth.errors())
                    .contains("berth: ")
                    .contains(Integer.toString(taken.getLocalPort()))
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_AUTH_TOKEN_AUTOREDIRECT, true",
        "REGISTRY_AUTH_SILLY_REALM, x",
        "REGISTRY_STORAGE_S3_BUCKET, images",
        "REGISTRY_PROXY_REMOTEURL, https://registry.example",
        "REGISTRY_STORAGE_DELETE_ENABLED, perhaps",
    })
    void aSettingThatCannotBeObeyedStopsTheStartAndIsNamed(String variable, String value) throws Exception {
        try (BerthProcess berth = BerthProcess.start(directory, Map.of(variable, value), "--port", "0")) {
            assertThat(berth.exitCode()).isEqualTo(2);
            assertThat(berth.errors()).startsWith("berth: " + variable).doesNotContain("\tat ");
        }
    }

    @Test
    void aVariableThatIsNoSettingIsWarnedOf() throws Exception {
        Map<String, String> environment = Map.of("REGISTRY_STORAGE_DELETE_ENABLD", "true");
        try (BerthProcess berth = BerthProcess.start(directory, environment, "--port", "0", "--memory")) {
            assertThat(get(berth.address().resolve("/v2/")).statusCode()).isEqualTo(200);
            assertThat(berth.errors()).contains("REGISTRY_STORAGE_DELETE_ENABLD");
        }
    }

    @Test
    void theVariablesOfDockersRegistryAreObeyed() throws Exception {
        Path root = directory.resolve("volume");
        Map<String, String> environment = Map.of(
                "REGISTRY_HTTP_ADDR", "127.0.0.1:0",
                "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", root.toString(),
                "REGISTRY_STORAGE_DELETE_ENABLED", "false");
        try (BerthProcess berth = BerthProcess.start(directory, environment)) {
            String digest = push(berth.address());
            HttpResponse<String> deletion =
                    send(HttpRequest.newBuilder(berth.address().resolve("/v2/demo/app/blobs/" + digest))
                            .DELETE());

            assertThat(root.resolve("docker/registry/v2/blobs/sha256")).isDirectory();
            assertThat(deletion.statusCode()).isEqualTo(405);
        }
    }

    @Test
    void everyRequestIsALineOfTheOutput() throws Exception {
        try (BerthProcess berth = start("--port", "0", "--memory")) {
            get(berth.address().resolve("/v2/no/such/tags/list"));
            berth.terminate();
            berth.exitCode();

            assertThat(berth.output().lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("GET /v2/no/such/tags/list")
                            .contains("404"));
        }
    }

    private BerthProcess start(String... arguments) throws IOException {
        return BerthProcess.start(directory, Map.of(), arguments);
    }

    /** Pushes a blob and gives its digest. */
    private String push(URI address) throws Exception {
        String digest = digest();
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(address.resolve("/v2/demo/app/blobs/uploads/?digest=" + digest))
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(CONTENT)));
        assertThat(response.statusCode()).isEqualTo(201);
        return digest;
    }

    private static String digest() throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
    }

    private HttpResponse<String> put(URI uri) throws Exception {
        return send(HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofByteArray(CONTENT)));
    }

    private static void assertRefused(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    }

    private HttpResponse<String> beginUpload(URI address) throws Exception {
        return send(HttpRequest.newBuilder(address.resolve("/v2/demo/app/blobs/uploads/"))
                .POST(BodyPublishers.noBody()));
    }

    private void untilReceived(URI session, int bytes) throws Exception {
        String range = "0-" + (bytes - 1);
        for (int i = 0; i < 1000; i++) {
            if (get(session).headers().firstValue("Range").orElse("").equals(range)) {
                return;
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS))
                    .get();
        }
        throw new AssertionError("The session never came to " + range);
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return send(HttpRequest.newBuilder(uri));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
