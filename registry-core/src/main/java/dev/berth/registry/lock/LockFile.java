package dev.berth.registry.lock;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is locked, which says to every other process, and to the rest of this one, that somebody uses what is beside it. It
 * is a lock of the system, which ends with the process, however that ends; what the file says is for people only. Where the file
 * system knows no locks a warning in the log has to do. Safe for use by several threads.
 */
public final class LockFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);

    /**
     * The files that are locked by this process: the one thing here that changes and belongs to nobody. The system's lock is the
     * whole process's, and ends when any part of it closes the file. So one that is locked here already must not even be opened,
     * and only what the process has in common can tell.
     */
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

    private final Object key;
    private final FileChannel channel;

    private LockFile(Object key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Makes the file if it is missing, as it has to be there to be locked. Whoever minds power cuts brings it to the disk.
     *
     * @return whether it was missing
     */
    public static boolean create(Path file) throws IOException {
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

    /**
     * Locks a file, which stays where it is when it is closed.
     *
     * @throws LockedException if somebody has locked it
     * @throws IOException if it is not there, or may not be written to
     */
    public static LockFile take(Path file) throws IOException {
        Object key = key(file);
        if (!HELD.add(key)) {
            throw new LockedException(file, "this process");
        }
        boolean locked = false;
        try {
            LockFile lock = new LockFile(key, lock(file));
            locked = true;
            return lock;
        } finally {
            if (!locked) {
                HELD.remove(key);
            }
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        if (!Files.isWritable(file)) {
            throw new IOException("Cannot lock " + file + " as user " + System.getProperty("user.name")
                    + ": give that user write permission on it");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!isLocked(file, channel)) {
            String holder = holder(channel);
            channel.close();
            throw new LockedException(file, holder);
        }
        write(channel);
        return channel;
    }

    /** Locks the file, and returns whether that could be done: not if another process has it. */
    private static boolean isLocked(Path file, FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // A copy of this class, loaded by another loader, has it. Closing the file would take it away there.
            HELD.add(channel);
            throw new LockedException(file, "this process");
        } catch (IOException e) {
            if (!channel.isOpen()) {
                throw e;
            }
            LOG.warn("{} keeps no second process away, because its file system knows no locks: {}", file, e.toString());
            return true;
        }
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

    private static String holder(FileChannel channel) {
        ByteBuffer text = ByteBuffer.allocate(100);
        try {
            channel.read(text, 0);
        } catch (IOException e) {
            // Windows lets nobody read what another has locked.
            LOG.debug("The file of the lock could not be read", e);
        }
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return holder.matches("process [0-9]+, since [0-9TZ:-]+") ? holder : "another process";
    }

    /** Lets others have it. May be called more than once. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                HELD.remove(key);
            }
        }
    }
}
