package dev.berth.registry.storage.file;

import dev.berth.registry.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Puts files in the places of blobs, also where one is already: what is there may have been damaged, and then comes whole. Its time of
 * change becomes now in any case: a garbage collector spares what is young, and so does not take away what somebody has just
 * been told to be there.
 */
final class BlobFiles {

    private final FileLayout layout;
    private final Directories directories;
    private final AtomicFiles files;
    private final boolean durable;

    BlobFiles(FileLayout layout, Directories directories, AtomicFiles files, Durability durability) {
        this.layout = layout;
        this.directories = directories;
        this.files = files;
        this.durable = durability == Durability.DURABLE;
    }

    boolean durable() {
        return durable;
    }

    Path path(Digest digest) {
        return layout.blob(digest);
    }

    void write(Digest digest, ByteBuffer content) throws IOException {
        Path blob = path(digest);
        Path directory = FileLayout.directoryOf(blob);
        boolean there = directories.add(directory, () -> has(blob, content) && renew(blob));
        if (!there) {
            files.write(directory, content, staged -> AtomicFiles.move(staged, blob));
        }
    }

    /**
     * Makes a file with the bytes of {@code digest} the blob, in place of one that there may be. The disk has the bytes already
     * where that is to be waited for.
     *
     * @throws NoSuchFileException if {@code file} is gone
     */
    void adopt(Path file, Digest digest) throws IOException {
        Path blob = path(digest);
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        boolean gone = directories.add(FileLayout.directoryOf(blob), () -> {
            if (!AtomicFiles.exists(file)) {
                return true;
            }
            try {
                AtomicFiles.move(file, blob);
            } catch (AccessDeniedException e) {
                // Windows keeps a file in its place while somebody reads it.
                if (!renew(blob)) {
                    throw e;
                }
                Files.deleteIfExists(file);
            }
            return false;
        });
        if (gone) {
            throw new NoSuchFileException(file.toString());
        }
    }

    /** Whether a file is there and has just these bytes, which are few. */
    private static boolean has(Path file, ByteBuffer content) throws IOException {
        if (file.toFile().length() != content.remaining()) {
            return false;
        }
        Optional<byte[]> bytes = AtomicFiles.read(file);
        return bytes.isPresent() && ByteBuffer.wrap(bytes.get()).equals(content);
    }

    /** Moves a blob to where damaged ones are kept, beside others of the same digest. Returns where that is. */
    Optional<Path> quarantine(Digest digest) throws IOException {
        Path blob = path(digest);
        if (!AtomicFiles.exists(blob)) {
            return Optional.empty();
        }
        Path target = layout.quarantine()
                .resolve(digest.algorithm().id() + "-" + digest.hex() + "-" + System.currentTimeMillis());
        directories.add(layout.quarantine(), () -> AtomicFiles.move(blob, target));
        directories.prune(FileLayout.directoryOf(blob));
        return Optional.of(target);
    }

    /** Returns whether the blob was there to be renewed. */
    private boolean renew(Path blob) throws IOException {
        if (!AtomicFiles.exists(blob)) {
            return false;
        }
        try {
            Files.setLastModifiedTime(blob, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException e) {
            // Deleted a moment ago, or another user's, whose time only that user can set. Writing it anew helps in both
            // cases.
            return false;
        }
        force(blob);
        return true;
    }

    /** Waits until the disk has the file's data, where this is to be waited for. */
    void force(Path file) throws IOException {
        if (!durable) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }
}
