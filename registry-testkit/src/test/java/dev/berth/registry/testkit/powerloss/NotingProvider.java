package dev.berth.registry.testkit.powerloss;

import static dev.berth.registry.testkit.powerloss.NotingPath.plain;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Does what it is told unless it refuses, and notes what changes. */
final class NotingProvider extends FileSystemProvider {

    private static final Set<OpenOption> CHANGING = Set.of(
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            StandardOpenOption.CREATE,
            StandardOpenOption.CREATE_NEW);

    private final FileSystemProvider files;
    private final DiskJournal journal;
    private volatile boolean refusing;

    NotingProvider(FileSystemProvider files, DiskJournal journal) {
        this.files = files;
        this.journal = journal;
    }

    void refuseChanges(boolean refuse) {
        refusing = refuse;
    }

    private void change(Path path) throws AccessDeniedException {
        if (refusing) {
            throw new AccessDeniedException(path.toString());
        }
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        if (!Collections.disjoint(options, CHANGING)) {
            change(path);
        }
        if (options.contains(StandardOpenOption.TRUNCATE_EXISTING) && Files.exists(plain(path))) {
            try (FileChannel existing = newFileChannel(path, Set.of(StandardOpenOption.WRITE))) {
                existing.truncate(0);
            }
        }
        FileChannel channel = files.newFileChannel(plain(path), options, attributes);
        if (options.contains(StandardOpenOption.CREATE) || options.contains(StandardOpenOption.CREATE_NEW)) {
            journal.created(plain(path), false);
        }
        return new NotingChannel(channel, journal.node(plain(path)), journal);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        change(directory);
        files.createDirectory(plain(directory), attributes);
        journal.created(plain(directory), true);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        change(link);
        files.createLink(plain(link), plain(existing));
        journal.linked(plain(link), plain(existing));
    }

    @Override
    public void delete(Path path) throws IOException {
        change(path);
        files.delete(plain(path));
        journal.deleted(plain(path));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        change(target);
        files.move(plain(source), plain(target), options);
        journal.moved(plain(source), plain(target));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("not noted");
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        NotingPath noting = (NotingPath) directory;
        DirectoryStream<Path> stream = files.newDirectoryStream(plain(directory), entry -> true);
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> entries = stream.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Path next() {
                        return new NotingPath(entries.next(), noting.fileSystem());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return files.isSameFile(plain(one), plain(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return files.isHidden(plain(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return files.getFileStore(plain(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        files.checkAccess(plain(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return files.getFileAttributeView(plain(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return files.readAttributes(plain(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return files.readAttributes(plain(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        files.setAttribute(plain(path), attribute, value, options);
    }

    @Override
    public String getScheme() {
        return "noting";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }
}
