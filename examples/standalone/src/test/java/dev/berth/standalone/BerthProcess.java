package dev.berth.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar in a process of its own, as a person starts it. */
final class BerthProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile(" serves http://([^ ]+) ");
    private static final long DEADLINE_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final Path errors;

    private BerthProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Starts the jar in a directory, and does not wait for it. */
    static BerthProcess start(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(Path.of("target", "berth.jar").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "output", ".txt");
        Path errors = Files.createTempFile(directory, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new BerthProcess(builder.start(), output, errors);
    }

    /** Where it serves, as soon as it says so. */
    URI address() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (System.nanoTime() < deadline) {
            Matcher matcher = ADDRESS.matcher(output());
            if (matcher.find()) {
                return URI.create("http://" + matcher.group(1));
            }
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Ended with " + process.exitValue() + ": " + output() + errors());
            }
        }
        throw new AssertionError("Did not say where it serves: " + output() + errors());
    }

    /** Tells it to stop as {@code kill} and {@code docker stop} do: with SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Its exit code, once it has ended. */
    int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Did not end: " + output() + errors());
        }
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
