package dev.berth.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A registry in a process of its own, on a free port, with a directory of its own. */
public final class RegistryProcess implements Closeable {

    private final Process process;
    private final int port;
    private final double startMillis;

    private RegistryProcess(Process process, int port, long started) throws IOException {
        this.process = process;
        this.port = port;
        awaitFirstAnswer();
        startMillis = (System.nanoTime() - started) / 1e6;
    }

    /** Berth, by its runnable jar; {@code options} say where it keeps its content. */
    static RegistryProcess berth(Path jar, List<String> jvmOptions, String... options) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--log-level", "error"));
        command.addAll(List.of(options));
        return start(command, port);
    }

    /** Docker's registry, as Debian packages it. */
    public static RegistryProcess dockerRegistry(Path directory) throws IOException {
        int port = freePort();
        Path config = Files.createTempFile("docker-registry", ".yml");
        Files.writeString(config, """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}, cache: {blobdescriptor: inmemory}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(directory, port));
        return start(List.of("docker-registry", "serve", config.toString()), port);
    }

    private static RegistryProcess start(List<String> command, int port) throws IOException {
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new RegistryProcess(process, port, started);
    }

    private void awaitFirstAnswer() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try (HttpSocket http = new HttpSocket(port)) {
                // One that asks for a password is up as well.
                HttpSocket.Answer answer = http.send("GET", "/v2/", new byte[0]);
                if (answer.status() != 401) {
                    answer.require(200);
                }
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    process.destroyForcibly();
                    throw new IOException("the registry on port " + port + " does not answer", e);
                }
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MICROSECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a registry", e);
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** From the start of the process to the end of the first answer. */
    double startMillis() {
        return startMillis;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
