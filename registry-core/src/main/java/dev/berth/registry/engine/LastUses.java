package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.Reference;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagChange;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When tags and manifests were last pulled, with {@code GET} or {@code HEAD}, and when manifests last lost a tag. A pull is noted in
 * memory; {@link #flush} keeps the notes, one small fact for each, beside what Docker's registry looks at. Times are told to the end
 * of the hour, so that what is pulled all the time is written once an hour. Noted only where {@link RegistryOptions#notesUses}
 * says so; what a server notes, it flushes every minute, and a crash forgets what came since. Safe for use by several threads.
 */
public final class LastUses {

    private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);
    private static final int MOST_IN_MEMORY = 1 << 16;
    private static final long HOUR = 3_600_000;

    /** Who has not noted anything for so long may have missed something. */
    private static final Duration LONGEST_GAP = Duration.ofDays(1);

    private final MetadataStore metadata;
    private final Coordination coordination;
    private final boolean notes;
    private final Instant start;
    private final Map<Note, Long> latest = new ConcurrentHashMap<>();

    LastUses(MetadataStore metadata, Coordination coordination, boolean notes) {
        this.metadata = metadata;
        this.coordination = coordination;
        this.notes = notes;
        this.start = coordination.clock().instant();
    }

    private enum Kind {
        PULLED,
        UNTAGGED
    }

    private record Note(Kind kind, RepositoryName repository, Reference reference) {

        String key() {
            if (reference instanceof Tag tag) {
                return Keys.tagPulled(repository, tag);
            }
            Digest digest = (Digest) reference;
            return kind == Kind.PULLED ? Keys.manifestPulled(repository, digest) : Keys.untagged(repository, digest);
        }

        /** What the fact goes with. */
        String target() {
            return reference instanceof Tag tag
                    ? Keys.tagCurrent(repository, tag)
                    : Keys.revision(repository, (Digest) reference);
        }
    }

    /** Somebody has asked for a manifest, by whatever reference, and got it. */
    void pulled(RepositoryName repository, Reference reference, Digest digest) {
        if (!notes) {
            return;
        }
        note(new Note(Kind.PULLED, repository, digest));
        if (reference instanceof Tag) {
            note(new Note(Kind.PULLED, repository, reference));
        }
    }

    /** A tag has changed. */
    void changed(TagChange change) {
        if (notes && change.moves()) {
            change.from().ifPresent(from -> note(new Note(Kind.UNTAGGED, change.repository(), from)));
        }
    }

    private void note(Note note) {
        long now = coordination.clock().millis();
        long hour = (Math.floorDiv(now, HOUR) + 1) * HOUR;
        Long before = latest.get(note);
        if (before == null || before < hour) {
            latest.merge(note, hour, Math::max);
            if (latest.size() > MOST_IN_MEMORY) {
                makeRoom();
            }
        }
    }

    /** Nobody has flushed for long, or very much is pulled: then whoever pulls has to wait for once. */
    private void makeRoom() {
        try {
            flush();
        } catch (IOException e) {
            LOG.warn("It cannot be kept what was pulled last: {} notes are dropped", latest.size(), e);
            latest.clear();
        }
    }

    /** Keeps what is in memory. What cannot be kept now stays there. */
    public void flush() throws IOException {
        if (!notes) {
            return;
        }
        keepSpan();
        for (Map.Entry<Note, Long> entry : List.copyOf(latest.entrySet())) {
            keep(entry.getKey(), Instant.ofEpochMilli(entry.getValue()));
            latest.remove(entry.getKey(), entry.getValue());
        }
    }

    private void keep(Note note, Instant time) throws IOException {
        if (read(note.key()).filter(kept -> !kept.isBefore(time)).isPresent()) {
            return;
        }
        Lock lock = coordination.repositories().forAdding(note.repository());
        lock.lock();
        try {
            // What has been deleted meanwhile has taken its facts along.
            if (metadata.contains(note.target())) {
                metadata.put(note.key(), bytes(time.toString()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** When a tag or a manifest was last pulled, to the end of the hour; empty if nobody has noted it. */
    public Optional<Instant> pulled(RepositoryName repository, Reference reference) throws IOException {
        return latest(new Note(Kind.PULLED, repository, reference));
    }

    /** When a manifest last lost a tag, to the end of the hour; empty if nobody has noted it. */
    public Optional<Instant> untagged(RepositoryName repository, Digest digest) throws IOException {
        return latest(new Note(Kind.UNTAGGED, repository, digest));
    }

    private Optional<Instant> latest(Note note) throws IOException {
        Long inMemory = latest.get(note);
        return inMemory == null ? read(note.key()) : Optional.of(Instant.ofEpochMilli(inMemory));
    }

    /** Since when it has been noted, without a gap of more than a day, what is pulled; empty if it never was. */
    public Optional<Instant> notedSince() throws IOException {
        Optional<Instant> from = span().filter(s -> !s.endsBefore(start)).map(Span::from);
        return notes ? from.or(() -> Optional.of(start)) : from;
    }

    private record Span(Instant from, Instant until) {
        boolean endsBefore(Instant start) {
            return until.plus(LONGEST_GAP).isBefore(start);
        }
    }

    private Optional<Span> span() throws IOException {
        Optional<byte[]> value = metadata.get(Keys.USES_NOTED);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String[] parts =
                new String(value.get(), StandardCharsets.US_ASCII).strip().split(" ", 2);
        try {
            return parts.length == 2
                    ? Optional.of(new Span(Instant.parse(parts[0]), Instant.parse(parts[1])))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void keepSpan() throws IOException {
        Instant hour = coordination.clock().instant().truncatedTo(ChronoUnit.HOURS);
        Optional<Span> span = span().filter(s -> !s.endsBefore(start));
        if (span.isEmpty() || span.get().until().isBefore(hour)) {
            Instant from = span.map(Span::from).orElse(start);
            metadata.put(Keys.USES_NOTED, bytes(from + " " + (hour.isBefore(start) ? start : hour)));
        }
    }

    private Optional<Instant> read(String key) throws IOException {
        Optional<byte[]> value = metadata.get(key);
        try {
            return value.map(bytes -> Instant.parse(new String(bytes, StandardCharsets.US_ASCII).strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return (text + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
