package dev.berth.benchmarks.torture;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Requests to a registry that may go away at any moment: then they end with an {@link IOException}. */
final class Wire {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final IntSupplier port;

    Wire(IntSupplier port) {
        this.port = port;
    }

    /** An answer with its body. */
    record Answer(int status, HttpResponse<byte[]> response) {

        byte[] body() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        boolean is(int expected) {
            return status == expected;
        }

        @Override
        public String toString() {
            String text = new String(body(), 0, Math.min(300, body().length), java.nio.charset.StandardCharsets.UTF_8);
            return response.request().method() + " " + response.uri().getPath() + " was answered with " + status + " "
                    + text;
        }
    }

    Answer send(String method, String path, String... headers) throws IOException {
        return send(method, path, new byte[0], headers);
    }

    Answer send(String method, String path, byte[] body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port.getAsInt()).resolve(path))
                .timeout(LONGEST)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
