package dev.berth.registry.storage.file;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files that are there as a whole or not at all. Each is written under a name of its own in the staging directory and then
 * renamed. What a process leaves behind there when it dies is removed by a later one, when it has not changed for an hour.
 */
final class AtomicFiles {

    private static final int SHORT = 256;

    private final Path staging;
    private final Directories directories;
    private final boolean durable;
    private final String prefix = ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + "-";
    private final AtomicLong counter = new AtomicLong();
    private final AtomicBoolean swept = new AtomicBoolean();

    AtomicFiles(FileLayout layout, Directories directories, Durability durability) {
        this.staging = layout.staging();
        this.directories = directories;
        this.durable = durability == Durability.DURABLE;
    }

    /** Where a staged file goes, or that it does not. */
    interface Placing {
        /** Moves the file, with one of the methods below, or returns false and leaves it. */
        boolean place(Path staged) throws IOException;
    }

    /** Writes a file and lets {@code placing} give it its name in {@code directory}. Returns what that returned. */
    boolean write(Path directory, ByteBuffer content, Placing placing) throws IOException {
        Path staged = stage(content);
        boolean placed = false;
        try {
            placed = directories.add(directory, () -> placing.place(staged));
            return placed;
        } finally {
            if (!placed) {
                Files.deleteIfExists(staged);
            }
        }
    }

    /** Gives a file its name, whoever had it before. */
    static boolean move(Path staged, Path target) throws IOException {
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** Gives a file its name unless one has it already, also one that another process has just made. */
    static boolean moveIfAbsent(Path staged, Path target) throws IOException {
        try {
            Files.createLink(target, staged);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No hard links here: all that is left is to look first, safe within this process by the caller's lock.
            return !exists(target) && move(staged, target);
        }
        Files.delete(staged);
        return true;
    }

    /** The content of a small file, or empty if there is none of that name. */
    static Optional<byte[]> read(Path file) throws IOException {
        return read(file.toFile());
    }

    static Optional<byte[]> read(File file) throws IOException {
        // Opening a stream takes a third of the steps that a channel takes, and it is facts that are read most often:
        // hardly one is
        // so long that it takes a second reading.
        try (FileInputStream in = new FileInputStream(file)) {
            byte[] bytes = new byte[SHORT];
            int length = in.read(bytes);
            if (length < SHORT) {
                return Optional.of(Arrays.copyOf(bytes, Math.max(0, length)));
            }
            byte[] rest = in.readAllBytes();
            bytes = Arrays.copyOf(bytes, SHORT + rest.length);
            System.arraycopy(rest, 0, bytes, SHORT, rest.length);
            return Optional.of(bytes);
        } catch (FileNotFoundException e) {
            return readOrTellWhyNot(file.toPath());
        }
    }

    /** Tells absence from everything else that keeps a file from being opened. */
    private static Optional<byte[]> readOrTellWhyNot(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (isNoFile(file)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether there is a file of that name; asks the system once if there is. */
    static boolean exists(Path file) throws IOException {
        return exists(file.toFile());
    }

    static boolean exists(File file) throws IOException {
        return file.isFile() || existsBeyondDoubt(file.toPath());
    }

    /** Tells absence from not being allowed to look. */
    private static boolean existsBeyondDoubt(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            if (isNoFile(file)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether {@code file} is a directory, or something above it is none. */
    static boolean isNoFile(Path file) {
        if (Files.isDirectory(file)) {
            return true;
        }
        for (Path above = file.getParent(); above != null; above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes a file, reads it and removes it.
     *
     * @throws IOException if that cannot be done; the message says what with
     */
    void check() throws IOException {
        byte[] content = prefix.getBytes(StandardCharsets.US_ASCII);
        Path staged;
        try {
            staged = stage(ByteBuffer.wrap(content));
        } catch (FileSystemException e) {
            throw new IOException("Nothing can be written in " + staging + ": " + reason(e), e);
        }
        try {
            if (!Arrays.equals(content, Files.readAllBytes(staged))) {
                throw new IOException("What was written in " + staging + " is read as something else");
            }
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }

    private Path stage(ByteBuffer content) throws IOException {
        if (!swept.getAndSet(true)) {
            AbandonedFiles.sweep(staging, AbandonedFiles.AGE);
        }
        Path file = staging.resolve(prefix + counter.incrementAndGet());
        FileChannel channel = directories.addLoosely(
                staging, () -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        boolean written = false;
        try (channel) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            if (durable) {
                channel.force(false);
            }
            written = true;
        } finally {
            if (!written) {
                Files.deleteIfExists(file);
            }
        }
        return file;
    }
}
