package dev.berth.examples.jib.faults;

import dev.berth.registry.Digest;
import dev.berth.registry.image.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JDK's HTTP client, by which an image of one layer is pulled or pushed step by step, and the first trouble told. */
final class PlainClient {

    private static final Duration PATIENT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final URI registry;
    private final Duration patience;

    PlainClient(URI registry, Optional<Duration> patience) {
        this.registry = registry;
        this.patience = patience.orElse(PATIENT);
    }

    String pull() throws Exception {
        return told(() -> {
            HttpResponse<byte[]> manifest = send("GET", "/v2/team/base/manifests/1.0", new byte[0], "");
            Digest digest = Digest.of(manifest.body());
            require(manifest.headers().firstValue("Docker-Content-Digest").orElse(digest.toString()), digest);
            String type = manifest.headers().firstValue("Content-Type").orElse("none");
            Layer layer = Pushed.BASE.layers().get(0);
            if (digest.equals(Pushed.BASE.digest())) {
                HttpResponse<byte[]> blob = send("GET", "/v2/team/base/blobs/" + layer.digest(), new byte[0], "");
                require(layer.digest().toString(), Digest.of(blob.body()));
            }
            return "ok " + digest + " as " + type;
        });
    }

    String push() throws Exception {
        return told(() -> {
            byte[] layer = bytes(Pushed.APP.layers().get(0).open());
            push(layer);
            push(Pushed.APP.configBytes());
            ByteBuffer content = Pushed.APP.manifest().content();
            byte[] manifest = new byte[content.remaining()];
            content.get(manifest);
            send(
                    "PUT",
                    "/v2/team/app/manifests/1.0",
                    manifest,
                    Pushed.APP.manifest().mediaType());
            return "ok";
        });
    }

    private void push(byte[] blob) throws Exception {
        String session = location(send("POST", "/v2/team/app/blobs/uploads/", new byte[0], ""));
        session = location(send("PATCH", session, blob, "application/octet-stream"));
        send("PUT", session + "?digest=" + Digest.of(blob), new byte[0], "");
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static byte[] bytes(InputStream stream) throws IOException {
        try (stream) {
            return stream.readAllBytes();
        }
    }

    private static void require(String expected, Digest actual) throws Told {
        if (!expected.equals(actual.toString())) {
            throw new Told("digest " + actual + " for " + expected);
        }
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body, String type) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(registry.resolve(path))
                .timeout(patience)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        HttpResponse<byte[]> answer = http.sendAsync(request.build(), BodyHandlers.ofByteArray())
                .get(patience.toMillis() + 500, TimeUnit.MILLISECONDS);
        if (answer.statusCode() >= 300) {
            String retry = answer.headers()
                    .firstValue("Retry-After")
                    .map(s -> "Retry-After: " + s + " ")
                    .orElse("");
            throw new Told(
                    "status " + answer.statusCode() + " " + retry + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }

    private static String told(Steps steps) throws Exception {
        try {
            return steps.take();
        } catch (Told e) {
            return String.valueOf(e.getMessage());
        } catch (ExecutionException e) {
            return Causes.of(e);
        } catch (TimeoutException | RuntimeException e) {
            return e.toString();
        }
    }

    private interface Steps {
        String take() throws Exception;
    }

    private static final class Told extends Exception {
        private static final long serialVersionUID = 1;

        Told(String message) {
            super(message);
        }
    }
}
