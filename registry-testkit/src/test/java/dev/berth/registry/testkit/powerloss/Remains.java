package dev.berth.registry.testkit.powerloss;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What is left of a directory.
 *
 * @param entries all that is in it, by path: the bytes of files, and nothing for directories
 */
public record Remains(SortedMap<String, Optional<ByteBuffer>> entries) {

    /** Lets a directory have this in it and nothing else. What is there already is not written again, as that takes longest. */
    public void restore(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Path path : within(directory)) {
            Optional<ByteBuffer> entry = entries.get(directory.relativize(path).toString());
            if (entry == null || entry.isEmpty() != Files.isDirectory(path)) {
                Files.delete(path);
            }
        }
        // A directory comes before what is in it.
        for (Map.Entry<String, Optional<ByteBuffer>> entry : entries.entrySet()) {
            Path path = directory.resolve(entry.getKey());
            if (entry.getValue().isEmpty()) {
                Files.createDirectories(path);
            } else {
                write(path, entry.getValue().get());
            }
        }
    }

    private static void write(Path file, ByteBuffer content) throws IOException {
        if (!Files.exists(file) || !ByteBuffer.wrap(Files.readAllBytes(file)).equals(content)) {
            Files.write(file, content.array());
        }
    }

    /** What is in a directory comes before it. */
    private static List<Path> within(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> !path.equals(directory))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
