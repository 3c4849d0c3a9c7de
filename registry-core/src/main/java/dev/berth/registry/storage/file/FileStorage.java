package dev.berth.registry.storage.file;

import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.StorageSpace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in a directory, laid out as Docker's registry does it, so that one can take over from the other. Safe for
 * use by several threads.
 *
 * <p>One writes to a directory at a time: {@link #open(Path)} locks it until the storage is closed or the process has ended,
 * however it ended, and refuses a second writer, in this process or another. Docker's registry neither takes the lock nor minds it,
 * and where a file system has no locks there is a warning in the log instead. Many may read meanwhile, by {@link
 * #openForReading}: nothing is ever visible in part, and a blob that is open stays readable when the writer deletes it (not on
 * Windows, which refuses to delete it).
 *
 * <p>A directory that may only be read can be opened; writing to it then fails with an {@link IOException} that says so. A
 * thread that is interrupted while it reads or writes a blob closes that handle, as everywhere in {@code java.nio}; an upload
 * goes on from the last write that succeeded.
 */
public final class FileStorage implements Storage {

    private final Path root;
    private final Durability durability;
    private final AtomicFiles files;
    private final FileBlobStore blobs;
    private final FileMetadataStore metadata;
    private final FileLayout layout;
    private final @Nullable WriterLock lock;

    /** @param lock null if nothing is going to be written */
    private FileStorage(Path root, Durability durability, @Nullable WriterLock lock) {
        this.root = root;
        this.durability = durability;
        this.layout = FileLayout.of(root);
        this.lock = lock;
        Directories directories = new Directories(layout, durability);
        this.files = new AtomicFiles(layout, directories, durability);
        this.blobs = new FileBlobStore(layout, directories, new BlobFiles(layout, directories, files, durability));
        this.metadata = new FileMetadataStore(layout, directories, files, lock != null && lock.isHeld());
    }

    /** Opens a storage whose content survives a power cut. See {@link #open(Path, Durability)}. */
    public static FileStorage open(Path root) throws IOException {
        return open(root, Durability.DURABLE);
    }

    /**
     * Opens the storage in a directory.
     *
     * @param root what Docker's registry calls its root directory: the one with {@code docker/registry/v2} in it. Made if it
     *     is missing
     * @throws IOException if there is no such directory and none can be made, or it cannot be read, or somebody else writes to
     *     it; the message says who, and what would help
     */
    public static FileStorage open(Path root, Durability durability) throws IOException {
        Path directory = root.toAbsolutePath();
        FileLayout layout = FileLayout.of(directory);
        Directories directories = new Directories(layout, durability);
        if (!Files.isDirectory(directory)) {
            create(directory, directories);
        }
        requireReadable(directory);
        return new FileStorage(directory, durability, WriterLock.acquire(layout, directories));
    }

    /**
     * Opens the storage in a directory that somebody else may write to. What would change something fails with an {@link
     * IOException}, and no upload can be resumed.
     *
     * @param root as for {@link #open(Path, Durability)}, and there already
     * @throws IOException if there is no such directory, or it cannot be read
     */
    public static FileStorage openForReading(Path root) throws IOException {
        Path directory = root.toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString(), null, "there is no such directory");
        }
        requireReadable(directory);
        return new FileStorage(directory, Durability.DURABLE, null);
    }

    private static void requireReadable(Path directory) throws IOException {
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new IOException("Cannot read the storage directory " + directory + " as user "
                    + System.getProperty("user.name") + ": give that user read and execute permission on it");
        }
    }

    private static void create(Path directory, Directories directories) throws IOException {
        try {
            Path existing = FileLayout.directoryOf(directory);
            while (!Files.exists(existing)) {
                existing = FileLayout.directoryOf(existing);
            }
            Files.createDirectories(directory);
            directories.forceAbove(directory, existing);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "Cannot use " + directory + " as a storage directory: " + e.getFile()
                            + " is a file; name a directory, existing or not",
                    e);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot make the storage directory " + directory + " as user " + System.getProperty("user.name")
                            + ": make it yourself and give that user read, write and execute permission on it",
                    e);
        }
    }

    @Override
    public BlobStore blobs() {
        return lock == null ? new ReadingBlobStore(blobs, new ReadingRefusal(root)) : blobs;
    }

    @Override
    public MetadataStore metadata() {
        return lock == null ? new ReadingMetadataStore(metadata, new ReadingRefusal(root)) : metadata;
    }

    /**
     * Removes staged files that have not changed for an hour, and directories that have been empty for as long, as Docker's
     * registry leaves behind by the thousand.
     */
    @Override
    public void tidy() throws IOException {
        if (lock == null) {
            throw new ReadingRefusal(root).toWrite();
        }
        Duration age = AbandonedFiles.AGE;
        AbandonedFiles.sweep(layout.staging(), age);
        EmptyDirectories.remove(layout.blobs(), age);
        EmptyDirectories.remove(layout.repositories(), age);
    }

    @Override
    public void check() throws IOException {
        files.check();
    }

    @Override
    public Optional<StorageSpace> space() throws IOException {
        FileStore store = Files.getFileStore(root);
        return Optional.of(new StorageSpace(store.getTotalSpace(), store.getUsableSpace()));
    }

    /**
     * Forgets what is in memory, and lets others write. All content and all uploads that have not ended are in the directory.
     */
    @Override
    public void close() throws IOException {
        blobs.close();
        if (lock != null) {
            lock.close();
        }
    }

    @Override
    public String toString() {
        return "files in " + root + " (" + kind() + ")";
    }

    private String kind() {
        if (lock == null) {
            return "for reading";
        }
        return durability == Durability.DURABLE ? "durable" : "fast";
    }
}
