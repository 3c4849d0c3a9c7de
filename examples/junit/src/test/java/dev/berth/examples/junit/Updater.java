package dev.berth.examples.junit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;

/** Stands for the code under test: it finds out what a tag points to, and waits when it is told to. */
final class Updater {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI registry;
    private final Consumer<Duration> wait;

    Updater(String address, Consumer<Duration> wait) {
        this.registry = URI.create("http://" + address);
        this.wait = wait;
    }

    /** The digest that a tag points to. */
    String digest(String repository, String tag) throws IOException, InterruptedException {
        while (true) {
            HttpRequest get = HttpRequest.newBuilder(registry.resolve("/v2/" + repository + "/manifests/" + tag))
                    .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                    .build();
            HttpResponse<byte[]> answer = http.send(get, BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return Client.digest(answer.body());
            }
            if (answer.statusCode() != 429) {
                throw new IOException("status " + answer.statusCode());
            }
            wait.accept(Duration.ofSeconds(
                    answer.headers().firstValueAsLong("Retry-After").orElse(60)));
        }
    }
}
