package dev.berth.registry.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files that are sent to several clients at once and opened once: ten thousand who pull the same layer, each as slowly as it likes, take
 * no more of the files that a process may open than ten thousand connections. Thread-safe.
 */
final class SharedFiles {

    /** Guarded by this. */
    private final Map<Place, Shared> open = new HashMap<>();

    /**
     * Opens the file at {@code path} for reading at explicit positions, or joins those who have it open. It is closed when the last of
     * them has left.
     *
     * @return empty if no file is there any more, or the system does not tell one file from another
     * @throws IOException if it cannot be opened
     */
    synchronized Optional<Shared> join(Path path) throws IOException {
        Optional<Place> place = Place.of(path);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Shared there = open.get(place.get());
        if (there != null && there.channel.isOpen()) {
            there.users++;
            return Optional.of(there);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        // Where a file has taken another's place meanwhile, nobody knows which of them this is.
        if (!Place.of(path).equals(place)) {
            channel.close();
            return Optional.empty();
        }
        Shared shared = new Shared(place.get(), channel);
        open.put(place.get(), shared);
        return Optional.of(shared);
    }

    /** A file as the system knows it: another one that comes to be at the same path is another place. */
    private record Place(Path path, Object file) {

        static Optional<Place> of(Path path) throws IOException {
            try {
                Object file =
                        Files.readAttributes(path, BasicFileAttributes.class).fileKey();
                return Optional.ofNullable(file).map(key -> new Place(path, key));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
    }

    /** One open file; each who has joined leaves once. */
    final class Shared {

        private final Place place;
        private final FileChannel channel;

        /** Guarded by the files. */
        private int users = 1;

        private Shared(Place place, FileChannel channel) {
            this.place = place;
            this.channel = channel;
        }

        FileChannel channel() {
            return channel;
        }

        void leave() throws IOException {
            synchronized (SharedFiles.this) {
                users--;
                if (users > 0) {
                    return;
                }
                // One that somebody's interruption has closed may have been followed by another.
                open.remove(place, this);
            }
            channel.close();
        }
    }
}
