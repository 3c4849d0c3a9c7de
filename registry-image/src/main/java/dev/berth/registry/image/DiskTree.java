package dev.berth.registry.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory on disk, as entries of a layer. */
final class DiskTree {

    private DiskTree() {}

    static void addTo(LayerBuilder layer, String path, Path directory) {
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> paths = found.filter(p -> !p.equals(directory)).toList();
            for (Path file : paths) {
                add(layer, path + "/" + directory.relativize(file).toString().replace('\\', '/'), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(LayerBuilder layer, String path, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            layer.symlink(path, Files.readSymbolicLink(file).toString().replace('\\', '/'));
        } else if (Files.isDirectory(file)) {
            layer.directory(path);
        } else if (Files.isRegularFile(file)) {
            boolean program = Files.isExecutable(file)
                    && file.getFileSystem().supportedFileAttributeViews().contains("posix");
            layer.file(path, ByteSource.of(file), program ? Attributes.executable() : Attributes.file());
        }
    }
}
