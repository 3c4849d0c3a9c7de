package dev.berth.registry.testkit.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Talks to a registry as a client does, one request at a time, and knows nothing better. */
public final class RegistryClient {

    private final HttpClient client;
    private final URI base;

    /** A client of the registry at {@code base}, over HTTP/1.1. */
    public RegistryClient(URI base) {
        this(base, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1));
    }

    /** A client of the registry at {@code base}, as the builder makes it. */
    public RegistryClient(URI base, HttpClient.Builder builder) {
        this.base = base;
        this.client = builder.connectTimeout(Duration.ofSeconds(10)).build();
    }

    /** Sends a request without a body. Header names and values follow the path in turn. */
    public Answer send(String method, String path, String... headers) {
        return send(method, path, BodyPublishers.noBody(), headers);
    }

    /** Sends a request with a body. */
    public Answer send(String method, String path, byte[] body, String... headers) {
        return send(method, path, BodyPublishers.ofByteArray(body), headers);
    }

    /** Sends a request with a body that the publisher brings. */
    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + " " + path + " was interrupted", e);
        }
    }

    /** Pushes a blob with POST and PUT and returns its digest. */
    public String pushBlob(String repository, byte[] content) {
        String digest = dev.berth.registry.Digest.of(content).toString();
        Answer begun = send("POST", "/v2/" + repository + "/blobs/uploads/");
        String location = begun.header("Location");
        Answer done = send("PUT", location + (location.indexOf('?') < 0 ? "?" : "&") + "digest=" + digest, content);
        if (done.status() != 201) {
            throw new AssertionError("pushing a blob was answered with " + done);
        }
        return digest;
    }

    /** An answer, read to its end. */
    public record Answer(HttpResponse<byte[]> response) {

        /** The status. */
        public int status() {
            return response.statusCode();
        }

        /** The value of a header field that has to be there. */
        public String header(String name) {
            return optionalHeader(name)
                    .orElseThrow(() -> new AssertionError("the answer lacks the header " + name + ": " + this));
        }

        /** The value of a header field. */
        public Optional<String> optionalHeader(String name) {
            return response.headers().firstValue(name);
        }

        /** The body. */
        public byte[] body() {
            return response.body();
        }

        /** The body as text. */
        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return response.request().method() + " " + response.request().uri() + " -> " + status() + " "
                    + response.headers().map() + " " + text();
        }
    }
}
