package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.layer.NoDeleteRegistry;
import dev.berth.registry.quota.Quota;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuotaHttpTest {

    @Test
    void whatIsAnnouncedIsRefusedBeforeItIsSent() throws Exception {
        try (RegistryServer server = RegistryServer.builder()
                        .quota(Quota.of("team/**").bytes(1000))
                        .start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v2/team/app/blobs/uploads/?digest=sha256:" + "0".repeat(64)
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();

            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 403 Forbidden");
        }
    }

    @Test
    void whatGrowsTooLargeIsRefusedWithNumbers() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        try (RegistryServer server =
                RegistryServer.builder().quota(Quota.of("team/**").bytes(1000)).start()) {
            URI uploads = server.uri().resolve("/v2/team/app/blobs/uploads/");
            String location = client.send(
                            HttpRequest.newBuilder(uploads)
                                    .POST(BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            byte[] body = new byte[1001];
            HttpResponse<String> refused = client.send(
                    HttpRequest.newBuilder(server.uri().resolve(location))
                            .method("PATCH", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body())
                    .contains("\"code\":\"DENIED\"", "the quota of team/** is 1000 bytes, of which 0 are used")
                    .contains("\"limit\":\"1000\"", "\"asked\":\"1001\"");
        }
    }

    @Test
    void quotasAreForARegistryThatKnowsWhatItHolds() {
        assertThatThrownBy(() -> RegistryServer.builder()
                        .registry(new NoDeleteRegistry(new StoredRegistry(new MemoryStorage())))
                        .quota(Quota.of("**").tags(1))
                        .start())
                .isInstanceOf(IllegalStateException.class);
    }
}
