package dev.berth.registry.event.webhook;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a directory for one process, until it ends in whatever way. */
final class DirectoryLock implements Closeable {

    private final FileChannel file;

    private DirectoryLock(FileChannel file) {
        this.file = file;
    }

    /** @throws IOException if somebody has it */
    static DirectoryLock take(Path directory) throws IOException {
        FileChannel file =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return new DirectoryLock(file);
            }
        } catch (OverlappingFileLockException e) {
            // said below
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        throw new IOException("Another registry sends what waits in " + directory
                + ": give each a directory of its own, and each endpoint a name of its own");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
