package dev.berth.benchmarks.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's process, which is killed and comes again at the same port. */
final class Victim {

    private static final long LONGEST_START = TimeUnit.SECONDS.toNanos(60);

    private final List<String> command = new ArrayList<>();
    private final Path log;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile Process process;
    private volatile boolean up;
    private final AtomicInteger kills = new AtomicInteger();

    private Victim(List<String> words, Path log, int port) throws IOException {
        this.command.addAll(words);
        this.log = log;
        this.port = port;
        this.process = launch();
    }

    /** Berth's jar, with a collector that never rests. */
    static Victim berth(Path jar, Path directory, Duration grace, Path log) throws IOException {
        int port = freePort();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words = List.of(
                java,
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--port",
                Integer.toString(port),
                "--data",
                directory.toString(),
                "--log-level",
                "warn",
                "--collect-every",
                "50ms",
                "--collect-grace",
                grace.toMillis() + "ms",
                "--collect-untagged",
                "0s");
        return new Victim(words, log, port);
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    void awaitUp() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START;
        while (!answers()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                process.destroyForcibly();
                throw new IOException("the server does not come up: see " + log);
            }
            Thread.sleep(5);
        }
        up = true;
    }

    private boolean answers() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it by SIGKILL, wherever it is, and starts it again without waiting for it. */
    void killAndStart() throws IOException, InterruptedException {
        kill();
        process = launch();
    }

    void kill() throws InterruptedException {
        up = false;
        kills.incrementAndGet();
        process.destroyForcibly().waitFor();
    }

    /** Ends it as an operator does. */
    void stop() throws InterruptedException {
        up = false;
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    void start() throws IOException, InterruptedException {
        process = launch();
        awaitUp();
    }

    /** How often it has been killed: what began at another number may have been cut off. */
    int kills() {
        return kills.get();
    }

    int port() {
        return port;
    }

    /** Lets a client wait until it is worth trying again. */
    void rest() throws InterruptedException {
        do {
            Thread.sleep(5);
        } while (!up);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
