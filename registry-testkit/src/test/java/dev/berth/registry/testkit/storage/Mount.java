package dev.berth.registry.testkit.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A small file system of its own, where the tests may mount one: on Linux, as root. */
final class Mount implements Closeable {

    private final Path directory;

    private Mount(Path directory) {
        this.directory = directory;
    }

    static Optional<Mount> of(Path directory, String size) throws IOException {
        Files.createDirectories(directory);
        return run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()))
                ? Optional.of(new Mount(directory))
                : Optional.empty();
    }

    Path directory() {
        return directory;
    }

    boolean makeReadOnly() throws IOException {
        return run(List.of("mount", "-o", "remount,ro", directory.toString()));
    }

    @Override
    public void close() throws IOException {
        if (!run(List.of("umount", directory.toString()))) {
            throw new IOException("Cannot unmount " + directory);
        }
    }

    private static boolean run(List<String> command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } catch (IOException e) {
            return false;
        }
    }
}
