package dev.berth.registry.storage.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload on disk. It is there as long as its {@code data} is: the bytes received so far. Beside them may be hash states of
 * Docker's registry, which only Go can read.
 *
 * @param path the directory, named like the session
 */
record UploadDirectory(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(UploadDirectory.class);

    Path data() {
        return path.resolve("data");
    }

    private Path startedAtFile() {
        return path.resolve("startedat");
    }

    /** To the second, as it is written to disk. */
    static Instant stored(Instant startedAt) {
        return startedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    void create(Directories directories, Instant startedAt) throws IOException {
        directories.addLoosely(FileLayout.directoryOf(path), () -> Files.createDirectory(path));
        boolean created = false;
        try {
            Files.writeString(startedAtFile(), startedAt.toString(), StandardCharsets.US_ASCII);
            Files.createFile(data());
            created = true;
        } finally {
            if (!created) {
                remove();
            }
        }
    }

    boolean exists() throws IOException {
        return AtomicFiles.exists(data());
    }

    /** When it began, or when it last changed if that cannot be read. */
    Instant startedAt() throws IOException {
        Optional<byte[]> text = AtomicFiles.read(startedAtFile());
        try {
            return OffsetDateTime.parse(new String(text.orElseGet(() -> new byte[0]), StandardCharsets.US_ASCII).trim())
                    .toInstant();
        } catch (DateTimeException e) {
            return stored(Files.getLastModifiedTime(data()).toInstant());
        }
    }

    /** When bytes last came, or what there is of it was made; empty if there is nothing. */
    Optional<Instant> changedAt() throws IOException {
        for (Path witness : List.of(data(), path)) {
            try {
                return Optional.of(Files.getLastModifiedTime(witness).toInstant());
            } catch (NoSuchFileException e) {
                // A session that was removed in part has no data.
            }
        }
        return Optional.empty();
    }

    /**
     * Removes it with all that is in it. It has ended once the data is gone; what somebody else removes meanwhile, or what
     * cannot be removed, is no trouble to anybody.
     */
    void remove() throws IOException {
        Files.deleteIfExists(data());
        try {
            Files.deleteIfExists(startedAtFile());
            try {
                Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException e) {
                removeTree();
            }
        } catch (IOException e) {
            LOG.warn("Cannot remove what is left of the upload in {}: {}", path, e.toString());
        }
    }

    private void removeTree() throws IOException {
        List<Path> tree;
        try (Stream<Path> found = Files.walk(path)) {
            tree = found.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path entry : tree) {
            Files.deleteIfExists(entry);
        }
    }
}
