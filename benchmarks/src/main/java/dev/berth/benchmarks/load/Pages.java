package dev.berth.benchmarks.load;

import dev.berth.benchmarks.HttpSocket;
import dev.berth.benchmarks.Samples;
import java.io.IOException;
import java.util.Optional;

/** Asks for something over one kept connection, one time after the other. */
public final class Pages {

    private Pages() {}

    /** The median of {@code count} answers, in milliseconds. */
    public static double medianMillis(int port, String path, int count) throws IOException {
        Samples samples = new Samples();
        try (HttpSocket http = new HttpSocket(port)) {
            http.send("GET", "/v2/", new byte[0]).require(200);
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                http.send("GET", path, new byte[0]).require(200);
                samples.add((System.nanoTime() - start) / 1e6);
            }
        }
        return samples.median();
    }

    /** The median of all pages from {@code path} on, each asked for once by where the one before leads to, in milliseconds. */
    public static double crawlMillis(int port, String path) throws IOException {
        Samples samples = new Samples();
        try (HttpSocket http = new HttpSocket(port)) {
            Optional<String> next = Optional.of(path);
            while (next.isPresent()) {
                long start = System.nanoTime();
                HttpSocket.Answer page =
                        http.send("GET", next.get(), new byte[0]).require(200);
                samples.add((System.nanoTime() - start) / 1e6);
                next = Optional.ofNullable(page.headers().get("link")).map(Pages::target);
            }
        }
        return samples.median();
    }

    /** What {@code <path>; rel="next"} leads to. */
    private static String target(String link) {
        return link.substring(link.indexOf('<') + 1, link.indexOf('>'));
    }
}
