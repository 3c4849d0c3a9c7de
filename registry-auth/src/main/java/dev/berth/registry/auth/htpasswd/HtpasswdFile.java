package dev.berth.registry.auth.htpasswd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that may change. It is looked at when somebody asks, at most once a second, and taken over when it has been left
 * alone for a moment: one that is just being written still says what it said. A file that cannot be read changes nothing.
 */
final class HtpasswdFile {

    private static final Logger LOG = LoggerFactory.getLogger(Htpasswd.class);
    private static final long LOOK_AGAIN = Duration.ofSeconds(1).toMillis();
    private static final long SETTLED = Duration.ofMillis(200).toMillis();
    private static final long LONGEST = 16L << 20;

    private final Path path;
    private final boolean weakHashes;
    private final Clock clock;
    private volatile HtpasswdEntries entries;
    private Stamp stamp;
    private volatile long looked;
    private boolean unreadable;

    HtpasswdFile(Path path, boolean weakHashes, Clock clock) throws IOException {
        this.path = path;
        this.weakHashes = weakHashes;
        this.clock = clock;
        this.stamp = Stamp.of(path);
        this.entries = read();
        this.looked = clock.millis();
    }

    HtpasswdEntries entries() {
        long now = clock.millis();
        if (Math.abs(now - looked) >= LOOK_AGAIN) {
            look(now);
        }
        return entries;
    }

    private synchronized void look(long now) {
        if (Math.abs(now - looked) < LOOK_AGAIN) {
            return;
        }
        looked = now;
        try {
            Stamp before = Stamp.of(path);
            if (before.equals(stamp) && !unreadable) {
                return;
            }
            if (Math.abs(now - before.modified.toMillis()) < SETTLED) {
                looked = now - LOOK_AGAIN + SETTLED;
                return;
            }
            HtpasswdEntries found = read();
            if (Stamp.of(path).equals(before)) {
                stamp = before;
                entries = found;
                unreadable = false;
                LOG.info("{} has changed: {} users", path, found.entries().size());
            }
        } catch (IOException e) {
            if (!unreadable) {
                LOG.warn("{} cannot be read any more; the users it had stay: {}", path, e.toString());
            }
            unreadable = true;
        }
    }

    private HtpasswdEntries read() throws IOException {
        if (Files.size(path) > LONGEST) {
            throw new IOException(path + " is longer than " + LONGEST + " bytes, which no file of users is");
        }
        // What is not UTF-8 spoils the line that it is in.
        List<String> lines = new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .toList();
        HtpasswdEntries found = HtpasswdEntries.parse(lines, weakHashes);
        found.problems().forEach(problem -> LOG.warn("{}, {}", path, problem));
        return found;
    }

    /** By what a change is seen. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {

        static Stamp of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }
}
