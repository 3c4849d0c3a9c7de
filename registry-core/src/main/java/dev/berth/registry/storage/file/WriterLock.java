package dev.berth.registry.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says to every other process, and to the rest of this one, that somebody writes to a directory. It is a lock of the system,
 * which ends with the process, however that ends; what the file says is for people only.
 */
final class WriterLock implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(WriterLock.class);

    /**
     * The files that are locked by this process. The system's lock is the whole process's, and ends when any part of it closes
     * the file: so one that is locked here already must not even be opened, and only what the process has in common can tell.
     */
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

    private final Object key;
    private final @Nullable FileChannel channel;

    private WriterLock(Object key, @Nullable FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Locks a directory. One that may not be written to needs no lock, and where the file system knows none a warning has to
     * do.
     *
     * @throws IOException if somebody holds the lock; the message says who
     */
    static WriterLock acquire(FileLayout layout, Directories directories) throws IOException {
        Path file = layout.lock();
        try {
            // What is put into these directories later relies on them.
            directories.add(FileLayout.directoryOf(file), () -> createIfMissing(file));
        } catch (IOException e) {
            if (mayWriteNear(file)) {
                throw e;
            }
            return new WriterLock(file, null);
        }
        Object key = key(file);
        if (!HELD.add(key)) {
            throw held(layout, "this process");
        }
        boolean locked = false;
        try {
            WriterLock lock = lock(layout, key);
            locked = true;
            return lock;
        } finally {
            if (!locked) {
                HELD.remove(key);
            }
        }
    }

    private static WriterLock lock(FileLayout layout, Object key) throws IOException {
        Path file = layout.lock();
        if (!Files.isWritable(file)) {
            if (!mayWriteNear(file)) {
                return new WriterLock(key, null);
            }
            throw new IOException("Cannot lock " + file + " as user " + System.getProperty("user.name")
                    + ": give that user write permission on it");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String holder = holder(channel);
                channel.close();
                throw held(layout, holder);
            }
        } catch (OverlappingFileLockException e) {
            // A copy of this class, loaded by another loader, has it. Closing the file would take it away there.
            HELD.add(channel);
            throw held(layout, "this process");
        } catch (IOException e) {
            if (!channel.isOpen()) {
                throw e;
            }
            LOG.warn(
                    "Nothing keeps a second process from writing to the storage, because its file system knows no locks: {}",
                    e.toString());
        }
        write(channel);
        return new WriterLock(key, channel);
    }

    /** Returns whether it was missing. */
    private static boolean createIfMissing(Path file) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        try {
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            // By another process, just now.
            return false;
        }
    }

    private static boolean mayWriteNear(Path file) {
        Path above = FileLayout.directoryOf(file);
        while (!Files.exists(above)) {
            above = FileLayout.directoryOf(above);
        }
        return Files.isWritable(above);
    }

    /** The same for one file, by whatever path, for as long as it is there. */
    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    private static void write(FileChannel channel) {
        String text = "process " + ProcessHandle.current().pid() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            // On a full disk there is a lock, and not who has it.
            LOG.debug("The file of the lock could not be written", e);
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(100);
        channel.read(text, 0);
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return holder.matches("process [0-9]+, since [0-9TZ:-]+") ? holder : "another process";
    }

    private static IOException held(FileLayout layout, String holder) {
        return new IOException("The storage directory " + layout.root() + " is being written to by " + holder
                + ": end that first, or only read");
    }

    /** Lets others write. May be called more than once. */
    @Override
    public void close() throws IOException {
        if (channel == null) {
            HELD.remove(key);
        } else if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                HELD.remove(key);
            }
        }
    }
}
