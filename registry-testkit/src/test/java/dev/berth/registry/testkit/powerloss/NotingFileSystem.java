package dev.berth.registry.testkit.powerloss;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** The default file system, with notes of what is done to one directory and all below it. */
public final class NotingFileSystem extends FileSystem {

    private final FileSystem all = FileSystems.getDefault();
    private final DiskJournal journal;
    private final NotingProvider provider;
    private final Path root;

    private NotingFileSystem(Path root) {
        this.root = root;
        this.journal = new DiskJournal(root);
        this.provider = new NotingProvider(all.provider(), journal);
    }

    /** Notes what is done to an empty directory. */
    public static NotingFileSystem of(Path root) {
        return new NotingFileSystem(root.toAbsolutePath());
    }

    /** The directory, to be used in place of the one that was named. */
    public Path root() {
        return new NotingPath(root, this);
    }

    /** Refuses whatever would change something from now on, or no longer, as if this user might only read. */
    public void refuseChanges(boolean refuse) {
        provider.refuseChanges(refuse);
    }

    /** How many steps were done until now. */
    public int steps() {
        return journal.size();
    }

    /** What a power cut may leave of what was done until now. */
    public PowerLoss powerLoss() {
        return new PowerLoss(journal);
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
        return new NotingPath(all.getPath(first, more), this);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return all.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return all.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return all.supportedFileAttributeViews();
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = all.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(NotingPath.plain(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return all.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
