package dev.berth.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A registry, or another server, in a process of its own, on a free port, with a directory of its own. */
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
    public static RegistryProcess berth(Path jar, List<String> jvmOptions, String... options) throws IOException {
        return berth(Path.of(System.getProperty("java.home")), jar, jvmOptions, options);
    }

    /** Berth on another Java. */
    public static RegistryProcess berth(Path javaHome, Path jar, List<String> jvmOptions, String... options)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--log-level", "error"));
        command.addAll(List.of(options));
        return start(command, port);
    }

    /** Docker's registry, as Debian packages it. */
    public static RegistryProcess dockerRegistry(Path directory) throws IOException {
        return distribution("docker-registry", directory);
    }

    /** Docker's registry, or its successor, which understands the same configuration. */
    public static RegistryProcess distribution(String command, Path directory) throws IOException {
        int port = freePort();
        Path config = Files.createTempFile("docker-registry", ".yml");
        config.toFile().deleteOnExit();
        Files.writeString(config, """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}, cache: {blobdescriptor: inmemory}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(directory, port));
        try {
            return start(List.of(command, "serve", config.toString()), port);
        } finally {
            // It has read it when it answers.
            Files.delete(config);
        }
    }

    /** A program of the benchmarks, on the class path of this one; its first argument is the port. */
    public static RegistryProcess java(Class<?> program, String... arguments) throws IOException {
        return java(List.of(), program, arguments);
    }

    /** A program of the benchmarks, with options for its JVM. */
    public static RegistryProcess java(List<String> jvmOptions, Class<?> program, String... arguments)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.add(Integer.toString(port));
        command.addAll(List.of(arguments));
        return start(command, port);
    }

    /** Starts {@code command}, and waits until it answers on {@code port}. */
    public static RegistryProcess start(List<String> command, int port) throws IOException {
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new RegistryProcess(process, port, started);
    }

    /** A port that nobody listens on at this moment. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitFirstAnswer() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (HttpSocket http = new HttpSocket(port)) {
                // One that asks for a password is up as well, and so is one that serves nothing but files.
                HttpSocket.Answer answer = http.send("GET", "/v2/", new byte[0]);
                if (answer.status() != 401 && answer.status() != 404) {
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

    /** The number of its process. */
    public long pid() {
        return process.pid();
    }

    /** What it uses. */
    public ProcessUsage usage() {
        return new ProcessUsage(process.toHandle());
    }

    /** From the start of the process to the end of the first answer. */
    public double startMillis() {
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
}
