package dev.berth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who is told by HTTP, and what a kill does to that. */
class NotificationsIT {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final Pattern TAG = Pattern.compile("\"tag\":\"([^\"]*)\"");
    private static final int PUSHES = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private volatile int status = 503;

    @TempDir
    Path directory;

    @Test
    void whatWaitsSurvivesAKillAndIsToldInOrder() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/secret", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Matcher tag = TAG.matcher(body);
                asked.add(tag.find() ? tag.group(1) : body);
                exchange.sendResponseHeaders(status, -1);
            }
        });
        receiver.start();
        try {
            String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/secret";
            Map<String, String> environment = Map.of(
                    "REGISTRY_NOTIFICATIONS_ENDPOINTS",
                    "[{name: ci, url: \"" + url + "\", backoff: 50ms, headers: {Authorization: [\"Bearer hidden\"]}}]");
            try (BerthProcess killed = BerthProcess.start(directory, environment, "--port", "0")) {
                for (int i = 0; i < PUSHES; i++) {
                    push(killed.address(), "t" + i);
                }
                assertThat(next()).isEqualTo("t0");
                untilWrittenDown("t" + (PUSHES - 1));
                assertThat(killed.errors())
                        .contains("webhook ci", "503")
                        .doesNotContain("secret")
                        .doesNotContain("hidden");
            }
            asked.clear();
            status = 200;

            try (BerthProcess next = BerthProcess.start(directory, environment, "--port", "0")) {
                push(next.address(), "last");
                for (int i = 0; i < PUSHES; i++) {
                    assertThat(next()).isEqualTo("t" + i);
                }
                assertThat(next()).isEqualTo("last");
            }
        } finally {
            receiver.stop(0);
        }
    }

    private String next() throws InterruptedException {
        String tag = asked.poll(60, TimeUnit.SECONDS);
        assertThat(tag).as("something is told within a minute").isNotNull();
        return tag;
    }

    private void untilWrittenDown(String tag) throws Exception {
        Path queue = directory.resolve("berth-data/docker/registry/_notifications/ci/1.events");
        while (!Files.readString(queue).contains("\"tag\":\"" + tag + "\"")) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private void push(URI registry, String tag) throws IOException, InterruptedException {
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX
                + "\",\"manifests\":[],\"annotations\":{\"tag\":\"" + tag + "\"}}";
        HttpRequest request = HttpRequest.newBuilder(registry.resolve("/v2/demo/app/manifests/" + tag))
                .header("Content-Type", INDEX)
                .PUT(BodyPublishers.ofString(index))
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    }
}
