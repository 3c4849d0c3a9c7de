package dev.berth.registry.image.archive;

import dev.berth.registry.image.ByteSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files below a directory. */
record DirectoryFiles(Path directory) implements ArchiveFiles {

    @Override
    public Optional<ByteSource> file(String path) {
        Path file = directory.resolve(path);
        return Files.isRegularFile(file) ? Optional.of(ByteSource.of(file)) : Optional.empty();
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
