package dev.berth.registry.storage.file;

import static dev.berth.registry.storage.file.FileLayout.directoryOf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Directories that come when they are needed and go when they are empty, while other threads make and remove the same ones.
 * Whoever adds a file just tries; only where that fails for want of a directory is one made, and then it is tried again.
 */
final class Directories {

    /** How often another thread may take a directory away before we can use it. */
    private static final int ATTEMPTS = 1000;

    /** Windows keeps directories on disk by itself, and does not open them as files. */
    private static final boolean FORCIBLE = !System.getProperty("os.name", "").startsWith("Windows");

    private final FileLayout layout;
    private final boolean durable;

    /**
     * Directories in which others were made that are not known to be on disk yet, and how many threads still have to see to
     * it. A thread that finds such a directory above its file does not rely on them and waits for the disk itself.
     */
    private final ConcurrentMap<Path, Integer> unsettled = new ConcurrentHashMap<>();

    Directories(FileLayout layout, Durability durability) {
        this.layout = layout;
        this.durable = durability == Durability.DURABLE && FORCIBLE;
    }

    /** Something done to a file. It says {@link NoSuchFileException} where a directory is missing. */
    interface Step<T> {
        T run() throws IOException;
    }

    /** Adds something to {@code directory}, and sees to it that it stays there. */
    <T> T add(Path directory, Step<T> step) throws IOException {
        List<Path> grown = new ArrayList<>(0);
        T result = attempt(directory, step, grown);
        force(directory);
        settle(directory, grown);
        return result;
    }

    /** Adds something to {@code directory} that need not survive a power cut. */
    <T> T addLoosely(Path directory, Step<T> step) throws IOException {
        List<Path> grown = new ArrayList<>(0);
        T result = attempt(directory, step, grown);
        if (!grown.isEmpty()) {
            settle(directory, grown);
        }
        return result;
    }

    /** Waits until the names that lead from {@code top} down to {@code directory} are on disk. */
    void forceAbove(Path directory, Path top) throws IOException {
        for (Path above = directory; !above.equals(top); ) {
            above = directoryOf(above);
            force(above);
        }
    }

    /** To be called after something was taken out of {@code directory}: removes it if it is empty, and those above too. */
    void prune(Path directory) throws IOException {
        force(pruneLoosely(directory));
    }

    /** As {@link #prune}, where a power cut may bring all of it back. Returns the first directory that is not empty. */
    Path pruneLoosely(Path directory) {
        Path left = directory;
        while (left.getNameCount() > layout.top().getNameCount() + 1 && removed(left)) {
            left = directoryOf(left);
        }
        return left;
    }

    private <T> T attempt(Path directory, Step<T> step, List<Path> grown) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (attempt > 1) {
                    make(directory, grown);
                }
                return step.run();
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (AccessDeniedException e) {
                throw notWritable(directory, e);
            }
        }
    }

    private void make(Path directory, List<Path> grown) throws IOException {
        if (directory.equals(layout.root())) {
            throw new IOException("The directory of the storage is gone: " + directory
                    + "; make it again or mount it again, and try once more");
        }
        if (!madeIn(directory, grown)) {
            make(directoryOf(directory), grown);
            madeIn(directory, grown);
        }
    }

    /** Makes a directory if its parent is there, and returns whether it was. */
    private boolean madeIn(Path directory, List<Path> grown) throws IOException {
        if (durable) {
            Path parent = directoryOf(directory);
            grown.add(parent);
            unsettled.merge(parent, 1, Integer::sum);
        }
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean removed(Path directory) {
        try {
            Files.delete(directory);
            return true;
        } catch (IOException e) {
            // Not empty, as a rule. One that is empty and cannot be removed does no harm.
            return false;
        }
    }

    private void settle(Path directory, List<Path> grown) throws IOException {
        if (!durable || unsettled.isEmpty()) {
            return;
        }
        for (Path above = directory; !above.equals(layout.root()); ) {
            above = directoryOf(above);
            if (unsettled.containsKey(above)) {
                force(above);
            }
        }
        for (Path parent : grown) {
            unsettled.computeIfPresent(parent, (path, threads) -> threads == 1 ? null : threads - 1);
        }
    }

    /** Waits until the names in a directory are on disk. */
    private void force(Path directory) throws IOException {
        if (!durable) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            // Removed meanwhile, with all that was in it: whoever did that waits for the disk.
        }
    }

    private static IOException notWritable(Path path, AccessDeniedException cause) {
        return new IOException(
                "Cannot write in " + path + " as user " + System.getProperty("user.name")
                        + ": give that user write permission on the storage's directories, or only read from it",
                cause);
    }
}
