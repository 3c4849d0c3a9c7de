package dev.berth.registry.storage.file;

import dev.berth.registry.recent.RecentlyUsed;
import dev.berth.registry.storage.file.FactChanges.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small facts that were read a moment ago, such as what a tag points to. To ask the system whether a file is still the same takes
 * one step, to open, read and close it three. What has changed is read again, whoever changed it and how: another file of that
 * name has another key, and one that was written in place has another time of change. Who is alone in writing does not even ask
 * about a fact that is {@link Freshness wanted all the time}. Safe for use by several threads.
 */
final class ReadFacts {

    /** How many are remembered: some megabytes. */
    private static final int REMEMBERED = 8_192;

    /** Longer facts are rare, and reading costs more there than asking. */
    private static final int LONGEST = 256;

    private final SeenBefore seen = new SeenBefore();
    private final RecentlyUsed<String, Fact> remembered = new RecentlyUsed<>(REMEMBERED);
    private final FactChanges changes;

    ReadFacts(FactChanges changes) {
        this.changes = changes;
    }

    private static final class Fact {

        private final Path file;
        private final Object fileKey;
        private final FileTime changed;
        private final byte[] value;
        private final Freshness freshness;

        Fact(Path file, Object fileKey, FileTime changed, byte[] value, Point now) {
            this.file = file;
            this.fileKey = fileKey;
            this.changed = changed;
            this.value = value.clone();
            this.freshness = new Freshness(now);
        }

        boolean holds(BasicFileAttributes now) {
            return changed.equals(now.lastModifiedTime())
                    && value.length == now.size()
                    && fileKey.equals(now.fileKey());
        }
    }

    /** The value of a key, if it has been read and its file has not changed since. */
    Optional<byte[]> recall(String key) {
        Optional<Fact> remembering = remembered.get(key);
        if (remembering.isEmpty()) {
            return Optional.empty();
        }
        Fact fact = remembering.get();
        Point now = changes.now(key);
        if (changes.areAll() && fact.freshness.lasts(now)) {
            return Optional.of(fact.value.clone());
        }
        BasicFileAttributes attributes = attributes(fact.file);
        if (attributes != null && fact.holds(attributes)) {
            fact.freshness.looked(now);
            return Optional.of(fact.value.clone());
        }
        remembered.remove(key, fact);
        return Optional.empty();
    }

    /** Reads a fact that could not be recalled. */
    Optional<byte[]> read(String key, Path file) throws IOException {
        // Whoever looks through all there is reads each fact once, and would push out those that are read all the time.
        if (!seen.before(key)) {
            return AtomicFiles.read(file);
        }
        // Looked at before it is read: whatever comes between makes it another file than the one that is remembered.
        Point point = changes.now(key);
        long now = System.currentTimeMillis();
        BasicFileAttributes before = attributes(file);
        Optional<byte[]> value = AtomicFiles.read(file);
        if (before != null && value.isPresent() && value.get().length <= LONGEST) {
            Object fileKey = before.fileKey();
            FileTime changed = before.lastModifiedTime();
            if (fileKey != null && Listings.showsNextChange(changed.toMillis(), now)) {
                remembered.put(key, new Fact(file, fileKey, changed, value.get(), point));
            }
        }
        return value;
    }

    /** Null where it cannot be told; reading the file then says why. */
    private static @Nullable BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            return null;
        }
    }
}
