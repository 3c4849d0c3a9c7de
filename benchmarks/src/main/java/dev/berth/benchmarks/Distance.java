package dev.berth.benchmarks;

import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.jetty.tls.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * A push over TLS by a client that is 40 ms away, there and back, by HTTP/1.1 and HTTP/2 in turn: what a client may send before it hears
 * of the server decides how long it takes.
 *
 * <p>Arguments: {@code short} for a run that only proves that everything works.
 */
public final class Distance {

    private static final Duration ONE_WAY = Duration.ofMillis(20);

    private Distance() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        boolean quick = args.length > 0 && args[0].equals("short");
        byte[] content = new byte[(quick ? 1 : 64) << 20];
        TestCertificates certificates = TestCertificates.create();
        Map<Version, Samples> times = new EnumMap<>(Version.class);
        try (RegistryServer server =
                        RegistryServer.builder().tls(certificates.tls()).start();
                DistantPort distant = new DistantPort(server.port(), ONE_WAY)) {
            for (int round = quick ? 0 : -1; round < (quick ? 1 : 5); round++) {
                new Random(round).nextBytes(content);
                for (Version version : Version.values()) {
                    HttpClient client = HttpClient.newBuilder()
                            .version(version)
                            .sslContext(certificates.sslContext())
                            .build();
                    double taken = push(client, distant.port(), content);
                    if (round >= 0) {
                        times.computeIfAbsent(version, v -> new Samples()).add(taken);
                    }
                }
            }
        }
        System.out.printf("%d MiB over TLS, %d ms away%n", content.length >> 20, 2 * ONE_WAY.toMillis());
        times.forEach((version, taken) -> System.out.println(version + ": " + taken.show("ms")));
    }

    private static double push(HttpClient client, int port, byte[] content) throws IOException, InterruptedException {
        URI uploads = URI.create("https://localhost:" + port + "/v2/demo/app/blobs/uploads/");
        HttpResponse<Void> begun = send(client, HttpRequest.newBuilder(uploads).POST(BodyPublishers.noBody()), 202);
        URI location = uploads.resolve(begun.headers().firstValue("Location").orElseThrow());
        String digest = Foundation.digest(content, content.length);
        long start = System.nanoTime();
        URI end = URI.create(Foundation.withDigest("https://localhost:" + port + location.getPath(), digest));
        send(client, HttpRequest.newBuilder(end).PUT(BodyPublishers.ofByteArray(content)), 201);
        return (System.nanoTime() - start) / 1e6;
    }

    private static HttpResponse<Void> send(HttpClient client, HttpRequest.Builder request, int status)
            throws IOException, InterruptedException {
        HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
        if (answer.statusCode() != status) {
            throw new IOException("expected " + status + ", got " + answer);
        }
        return answer;
    }
}
