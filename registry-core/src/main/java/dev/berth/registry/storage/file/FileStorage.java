package dev.berth.registry.storage.file;

import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Keeps everything in a directory, laid out as Docker's registry does it, so that one can take over from the other. Safe for
 * use by several threads.
 *
 * <p>Many processes may read a directory while one writes to it: nothing is ever visible in part, and a blob that is open
 * stays readable when the writer deletes it (not on Windows, which refuses to delete it). Two that write do not damage files
 * either, but {@link MetadataStore#replace} and the rule of one writer for each upload hold within one process only.
 *
 * <p>A directory that may only be read can be opened; writing to it then fails with an {@link IOException} that says so. A
 * thread that is interrupted while it reads or writes a blob closes that handle, as everywhere in {@code java.nio}; an upload
 * goes on from the last write that succeeded.
 */
public final class FileStorage implements Storage {

    private final Path root;
    private final Durability durability;
    private final FileBlobStore blobs;
    private final FileMetadataStore metadata;
    private final FileLayout layout;

    private FileStorage(Path root, Durability durability) {
        this.root = root;
        this.durability = durability;
        this.layout = FileLayout.of(root);
        Directories directories = new Directories(layout, durability);
        AtomicFiles files = new AtomicFiles(layout, directories, durability);
        this.blobs = new FileBlobStore(layout, directories, new BlobFiles(layout, directories, files, durability));
        this.metadata = new FileMetadataStore(layout, directories, files);
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
     * @throws IOException if there is no such directory and none can be made, or it cannot be read; the message says what
     *     would help
     */
    public static FileStorage open(Path root, Durability durability) throws IOException {
        Path directory = root.toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            create(directory);
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new IOException("Cannot read the storage directory " + directory + " as user "
                    + System.getProperty("user.name") + ": give that user read and execute permission on it");
        }
        return new FileStorage(directory, durability);
    }

    private static void create(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
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
        return blobs;
    }

    @Override
    public MetadataStore metadata() {
        return metadata;
    }

    /**
     * Removes staged files that have not changed for an hour, and directories that have been empty for as long, as Docker's
     * registry leaves behind by the thousand.
     */
    @Override
    public void tidy() throws IOException {
        Duration age = AbandonedFiles.AGE;
        AbandonedFiles.sweep(layout.staging(), age);
        EmptyDirectories.remove(layout.blobs(), age);
        EmptyDirectories.remove(layout.repositories(), age);
    }

    /** Forgets what is in memory. All content and all uploads that have not ended are in the directory. */
    @Override
    public void close() {
        blobs.close();
    }

    @Override
    public String toString() {
        return "files in " + root + " (" + (durability == Durability.DURABLE ? "durable" : "fast") + ")";
    }
}
