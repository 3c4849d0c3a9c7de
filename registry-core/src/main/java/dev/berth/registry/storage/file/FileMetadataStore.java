package dev.berth.registry.storage.file;

import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Visitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file for each fact. Reading takes no lock: a file changes by being replaced. Writers of one key take turns for the moment
 * in which the name changes hands, never while they wait for the disk.
 */
final class FileMetadataStore implements MetadataStore {

    private static final int STRIPES = 64;

    private final FileLayout layout;
    private final Directories directories;
    private final AtomicFiles files;
    private final Listings listings = new Listings();
    private final FactChanges changes;
    private final ReadFacts read;
    private final FoundFacts found;
    private final Lock[] locks = new Lock[STRIPES];

    /** @param alone whether this is the only registry that writes there */
    FileMetadataStore(FileLayout layout, Directories directories, AtomicFiles files, boolean alone) {
        this.layout = layout;
        this.directories = directories;
        this.files = files;
        this.changes = new FactChanges(alone, System::nanoTime);
        this.read = new ReadFacts(changes);
        this.found = new FoundFacts(layout, changes);
        Arrays.setAll(locks, i -> new ReentrantLock());
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        Optional<byte[]> recalled = read.recall(key);
        return recalled.isPresent() ? recalled : read.read(key, layout.fact(key));
    }

    @Override
    public boolean contains(String key) throws IOException {
        return found.contains(key);
    }

    @Override
    public Optional<Instant> changedAt(String key) throws IOException {
        Path file = layout.fact(key);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(attributes.lastModifiedTime().toInstant())
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (AtomicFiles.isNoFile(file)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void put(String key, byte[] value) throws IOException {
        Path file = layout.fact(key);
        write(key, file, value, staged -> AtomicFiles.move(staged, file));
    }

    @Override
    public boolean create(String key, byte[] value) throws IOException {
        Path file = layout.fact(key);
        return !AtomicFiles.exists(file) && write(key, file, value, staged -> AtomicFiles.moveIfAbsent(staged, file));
    }

    @Override
    public boolean replace(String key, byte[] expected, byte[] value) throws IOException {
        Path file = layout.fact(key);
        return has(file, expected)
                && write(key, file, value, staged -> has(file, expected) && AtomicFiles.move(staged, file));
    }

    @Override
    public boolean delete(String key) throws IOException {
        Path file = layout.fact(key);
        boolean removed = removed(key, file);
        if (removed) {
            directories.prune(FileLayout.directoryOf(file));
        }
        return removed;
    }

    @Override
    public boolean discard(String key) throws IOException {
        Path file = layout.fact(key);
        boolean removed = removed(key, file);
        if (removed) {
            directories.pruneLoosely(FileLayout.directoryOf(file));
        }
        return removed;
    }

    private boolean removed(String key, Path file) throws IOException {
        Lock lock = lock(key);
        lock.lock();
        try {
            if (!AtomicFiles.exists(file)) {
                return false;
            }
            Files.delete(file);
        } catch (NoSuchFileException e) {
            return false;
        } finally {
            changes.add(key);
            lock.unlock();
        }
        return true;
    }

    @Override
    public List<String> children(String parent, Optional<String> after, int limit) throws IOException {
        return listings.page(layout.parentFile(parent), after, limit);
    }

    @Override
    public void forEachChild(String parent, Visitor<String> visitor) throws IOException {
        NameList.in(layout.parent(parent)).forEach(visitor);
    }

    private boolean write(String key, Path file, byte[] value, AtomicFiles.Placing placing) throws IOException {
        Lock lock = lock(key);
        return files.write(FileLayout.directoryOf(file), ByteBuffer.wrap(value), staged -> {
            lock.lock();
            try {
                return placing.place(staged);
            } finally {
                changes.add(key);
                lock.unlock();
            }
        });
    }

    private static boolean has(Path file, byte[] expected) throws IOException {
        Optional<byte[]> current = AtomicFiles.read(file);
        return current.isPresent() && Arrays.equals(current.get(), expected);
    }

    private Lock lock(String key) {
        return locks[Math.floorMod(key.hashCode(), STRIPES)];
    }
}
