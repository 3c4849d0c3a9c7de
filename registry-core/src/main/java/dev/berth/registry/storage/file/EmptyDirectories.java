package dev.berth.registry.storage.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Directories without a file anywhere below them. */
final class EmptyDirectories {

    /** Most of what there is, known to be files by their names. */
    private static final Set<String> FILES = Set.of("data", "link", "startedat", "mediatype", "type", "state");

    private static final int SHORTEST_HASH = 64;

    private EmptyDirectories() {}

    /**
     * Removes those below {@code directory} that have been empty for {@code age}. Who writes makes a directory again that is
     * gone, but for that of an upload, which is filled in the moment it is made.
     */
    static void remove(Path directory, Duration age) throws IOException {
        String[] names = directory.toFile().list();
        if (names != null) {
            long limit = System.currentTimeMillis() - age.toMillis();
            for (String name : names) {
                removeTree(directory.resolve(name), limit);
            }
        }
    }

    /** Returns whether it is gone. */
    private static boolean removeTree(Path path, long limit) throws IOException {
        if (FILES.contains(path.getFileName().toString())) {
            return false;
        }
        if (holdsContent(path)) {
            return false;
        }
        File directory = path.toFile();
        long changed = directory.lastModified();
        String[] names = directory.list();
        if (names == null) {
            return false;
        }
        boolean empty = true;
        for (String name : names) {
            empty &= removeTree(path.resolve(name), limit);
        }
        if (!empty || changed > limit) {
            return false;
        }
        try {
            return Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            return false;
        }
    }

    /** Whether it is one of the many that are named like a digest and hold the file that such have; cheaper than a listing. */
    private static boolean holdsContent(Path path) {
        return path.getFileName().toString().length() >= SHORTEST_HASH
                && (path.resolve("link").toFile().exists()
                        || path.resolve("data").toFile().exists());
    }
}
