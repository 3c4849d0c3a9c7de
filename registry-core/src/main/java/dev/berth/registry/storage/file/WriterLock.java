package dev.berth.registry.storage.file;

import dev.berth.registry.lock.LockFile;
import dev.berth.registry.lock.LockedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says that somebody writes to the directory of a storage. */
final class WriterLock implements Closeable {

    private final @Nullable LockFile file;

    /** @param file null if there is nothing to lock, because nothing can be written */
    private WriterLock(@Nullable LockFile file) {
        this.file = file;
    }

    /**
     * Locks a directory. One that may not be written to needs no lock.
     *
     * @throws IOException if somebody holds the lock; the message says who
     */
    static WriterLock acquire(FileLayout layout, Directories directories) throws IOException {
        Path file = layout.lock();
        try {
            // What is put into these directories later relies on them.
            directories.add(FileLayout.directoryOf(file), () -> LockFile.create(file));
        } catch (IOException e) {
            if (mayWriteNear(file)) {
                throw e;
            }
            return new WriterLock(null);
        }
        if (!Files.isWritable(file) && !mayWriteNear(file)) {
            return new WriterLock(null);
        }
        try {
            return new WriterLock(LockFile.take(file));
        } catch (LockedException e) {
            throw new IOException(
                    "The storage directory " + layout.root() + " is being written to by " + e.holder()
                            + ": end that first, or only read",
                    e);
        }
    }

    private static boolean mayWriteNear(Path file) {
        Path above = FileLayout.directoryOf(file);
        while (!Files.exists(above)) {
            above = FileLayout.directoryOf(above);
        }
        return Files.isWritable(above);
    }

    /** Whether others are kept from writing, rather than everybody by their rights. */
    boolean isHeld() {
        return file != null;
    }

    /** Lets others write. May be called more than once. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
