package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory with all that is in it. */
public final class DirectoryTree {

    /** By two at once, so deep as a registry's blobs and its repositories are, which are about as many; whatever is pressed meanwhile. */
    private static final String REMOVE = "trap '' INT HUP TERM;"
            + " find \"$0\" -mindepth 5 -maxdepth 5 -print0 | xargs -0 -r -n 1 -P 2 rm -rf; rm -rf \"$0\"";

    private DirectoryTree() {}

    /**
     * Deletes one with millions of files, which takes minutes: other processes do it, also when this one has ended. Their {@code rm} goes
     * through a large directory in the order in which its files lie on the disk, which Java cannot see. Where there is no such command
     * all is gone when this returns.
     */
    public static void deleteBehind(Path directory) throws IOException {
        try {
            new ProcessBuilder("sh", "-c", REMOVE, directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            delete(directory);
        }
    }

    /** Deletes it, if it is there; millions of files take no memory. What a server removes meanwhile is gone as well. */
    public static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
