package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.http.RequestLog;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.BasicAuthenticator;
import dev.berth.registry.http.auth.Users;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    private static final byte[] BLOB = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String CREDENTIALS =
            Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.US_ASCII));

    @Test
    void aLineCanBeAnObject() throws Exception {
        String log = logOf(RequestLog.Format.JSON);

        assertThat(log)
                .containsPattern(
                        "\\{\"time\":\"[0-9T:.-]+Z\",\"level\":\"info\",\"logger\":\"access\",\"id\":\"build-17\","
                                + "\"method\":\"POST\",\"target\":\"/v2/team/app/blobs/uploads/\\?digest="
                                + Digest.of(BLOB)
                                + "\",\"endpoint\":\"upload_begin\",\"repository\":\"team/app\",\"status\":201,"
                                + "\"received\":5,\"sent\":0,\"milliseconds\":[0-9.]+,\"user\":\"alice\","
                                + "\"address\":\"127.0.0.1\",\"agent\":\"a \\\\\"b\\\\\"\"}");
        assertThat(log)
                .containsPattern("\"endpoint\":\"blob_get\",\"repository\":\"team/app\",\"reference\":\""
                        + Digest.of(BLOB) + "\",\"status\":200,\"received\":0,\"sent\":5,");
    }

    @Test
    void aLineIsTextUnlessTold() throws Exception {
        assertThat(logOf(RequestLog.Format.TEXT))
                .containsPattern("127.0.0.1 alice \"GET /v2/team/app/blobs/" + Digest.of(BLOB)
                        + "\" 200 5 [0-9]+ms \"a \\?b\\?\"");
    }

    private static String logOf(RequestLog.Format format) throws Exception {
        try (Logged log = new Logged();
                RegistryServer server = RegistryServer.builder()
                        .requestLog(format)
                        .filter(new AuthFilter(new BasicAuthenticator(
                                "Registry", Users.of(Map.of("alice", "secret")), AccessPolicy.usersMayAll())))
                        .start()) {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest.Builder request = HttpRequest.newBuilder()
                    .header("Authorization", "Basic " + CREDENTIALS)
                    .header("User-Agent", "a \"b\"")
                    .header("X-Request-Id", "build-17");
            client.send(
                    request.uri(server.uri().resolve("v2/team/app/blobs/uploads/?digest=" + Digest.of(BLOB)))
                            .POST(BodyPublishers.ofByteArray(BLOB))
                            .build(),
                    BodyHandlers.discarding());
            client.send(
                    request.uri(server.uri().resolve("v2/team/app/blobs/" + Digest.of(BLOB)))
                            .GET()
                            .build(),
                    BodyHandlers.discarding());
            // Closing waits for what is in flight, and so for its line.
            server.close();

            assertThat(log.text()).doesNotContain(CREDENTIALS).doesNotContain("secret");
            return log.text();
        }
    }
}
