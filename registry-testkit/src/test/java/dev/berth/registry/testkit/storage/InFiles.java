package dev.berth.registry.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A file storage in a directory of its own. */
record InFiles(Path root, Durability durability) implements StorageUnderTest {

    static InFiles create(Durability durability) throws IOException {
        return new InFiles(Files.createTempDirectory("berth-files-"), durability);
    }

    @Override
    public Storage open() throws IOException {
        return FileStorage.open(root, durability);
    }

    @Override
    public boolean survivesClosing() {
        return true;
    }

    @Override
    public void assertNothingLeft() throws IOException {
        assertThat(files(root.resolve("docker/registry/_staging")))
                .as("staged files")
                .isEmpty();
        assertThat(openFiles(root)).as("open files").isEmpty();
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    /** The paths of all files below a directory, relative to it and sorted. */
    static List<String> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The files below a directory that this process has open, as far as the system tells. */
    static List<Path> openFiles(Path directory) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        List<Path> open = new ArrayList<>();
        try (Stream<Path> list = Files.list(descriptors)) {
            for (Path descriptor : list.toList()) {
                try {
                    Path target = Files.readSymbolicLink(descriptor);
                    if (target.startsWith(directory)) {
                        open.add(target);
                    }
                } catch (NoSuchFileException e) {
                    // Closed a moment ago.
                }
            }
        }
        return open;
    }
}
