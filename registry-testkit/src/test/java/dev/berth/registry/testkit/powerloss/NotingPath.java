package dev.berth.registry.testkit.powerloss;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path of the default file system, of which what is done by it is noted. Its {@link File} may be read by. */
record NotingPath(Path path, NotingFileSystem fileSystem) implements Path {

    static Path plain(Path path) {
        return path instanceof NotingPath noting ? noting.path : path;
    }

    private NotingPath with(Path other) {
        return new NotingPath(other, fileSystem);
    }

    private @Nullable Path withIfAny(@Nullable Path other) {
        return other == null ? null : with(other);
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return withIfAny(path.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return withIfAny(path.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return withIfAny(path.getParent());
    }

    @Override
    public int getNameCount() {
        return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return with(path.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return with(path.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return path.startsWith(plain(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return path.endsWith(plain(other));
    }

    @Override
    public Path normalize() {
        return with(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return with(path.resolve(plain(other)));
    }

    @Override
    public Path relativize(Path other) {
        return with(path.relativize(plain(other)));
    }

    @Override
    public URI toUri() {
        return path.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return with(path.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return with(path.toRealPath(options));
    }

    @Override
    public File toFile() {
        return path.toFile();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
            throws IOException {
        return path.register(watcher, events, modifiers);
    }

    @Override
    public int compareTo(Path other) {
        return path.compareTo(plain(other));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
