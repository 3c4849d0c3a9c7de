package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventListener;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who moved which tag from what to what, and when. It is kept in the storage, by whoever subscribes this to {@link
 * dev.berth.registry.event.Events}: in the caller's thread if what is acknowledged has to be in the history, with a backlog
 * if nothing may wait for it.
 *
 * <p>Where nobody kept a history, as in a directory of Docker's registry, the links that tell what a tag once pointed to show
 * what can still be known: which manifests, and when each was last tagged.
 */
public final class TagHistory implements EventListener {

    private final MetadataStore metadata;
    private final int most;

    /**
     * The history of a storage.
     *
     * @param most how many changes of each tag are kept, at least 1; the oldest go
     * @throws IllegalArgumentException if not even one is to be kept
     */
    public TagHistory(Storage storage, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("A history keeps at least 1 change of each tag, not " + most);
        }
        this.metadata = storage.metadata();
        this.most = most;
    }

    /**
     * A change of a tag.
     *
     * @param time when it happened
     * @param from what the tag pointed to before; empty where it was new, or nobody knows
     * @param to what it pointed to then, or empty where it was deleted
     * @param actor who did it, where that is known
     */
    public record Entry(Instant time, Optional<Digest> from, Optional<Digest> to, Optional<String> actor) {}

    /** What became of a tag, the latest first. Empty for one that nothing is known of. */
    public List<Entry> of(RepositoryName repository, Tag tag) throws IOException {
        List<Entry> entries = recorded(repository, tag);
        Set<Digest> known = new HashSet<>();
        entries.forEach(entry -> entry.to().ifPresent(known::add));
        entries.forEach(entry -> entry.from().ifPresent(known::add));
        entries.addAll(linked(repository, tag, known));
        entries.sort(Comparator.comparing(Entry::time).reversed());
        return entries;
    }

    private List<Entry> recorded(RepositoryName repository, Tag tag) throws IOException {
        List<Entry> entries = new ArrayList<>();
        String parent = Keys.tagHistory(repository, tag);
        for (String name : names(parent)) {
            Optional<byte[]> value = metadata.get(parent + "/" + name);
            value.flatMap(bytes -> TagHistoryLine.read(name, bytes)).ifPresent(entries::add);
        }
        return entries;
    }

    /** What the tag once pointed to, as Docker's registry notes it too, other than what is known already. */
    private List<Entry> linked(RepositoryName repository, Tag tag, Set<Digest> known) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            for (String hex : names(Keys.tagIndex(repository, tag, algorithm))) {
                Digest digest = new Digest(algorithm, hex);
                Optional<Instant> time = metadata.changedAt(Keys.tagIndex(repository, tag, digest));
                if (time.isPresent() && !known.contains(digest)) {
                    entries.add(new Entry(time.get(), Optional.empty(), Optional.of(digest), Optional.empty()));
                }
            }
        }
        return entries;
    }

    @Override
    public void on(RegistryEvent event) {
        try {
            if (event instanceof RegistryEvent.TagMoved moved) {
                Optional<Digest> to = Optional.of(moved.to());
                record(moved.repository(), moved.tag(), entry(moved, moved.from(), to));
            } else if (event instanceof RegistryEvent.TagDeleted deleted) {
                Optional<Digest> from = Optional.of(deleted.from());
                record(deleted.repository(), deleted.tag(), entry(deleted, from, Optional.empty()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The history of a tag cannot be kept: " + event, e);
        }
    }

    private static Entry entry(RegistryEvent event, Optional<Digest> from, Optional<Digest> to) {
        return new Entry(event.time(), from, to, event.origin().actor());
    }

    /** One fact for each change, called by its time, or by the next moment where a clock stands still or goes back. */
    private void record(RepositoryName repository, Tag tag, Entry entry) throws IOException {
        String parent = Keys.tagHistory(repository, tag);
        List<String> names = names(parent);
        String name = TagHistoryLine.name(entry.time());
        if (!names.isEmpty() && names.get(names.size() - 1).compareTo(name) >= 0) {
            name = TagHistoryLine.nameAfter(names.get(names.size() - 1));
        }
        metadata.put(parent + "/" + name, TagHistoryLine.write(entry));
        for (int i = 0; i < names.size() + 1 - most; i++) {
            metadata.delete(parent + "/" + names.get(i));
        }
    }

    private List<String> names(String parent) throws IOException {
        List<String> names = new ArrayList<>();
        Segments segments = new Segments(metadata, parent, Optional.empty());
        for (Optional<String> name = segments.next(); name.isPresent(); name = segments.next()) {
            names.add(name.get());
        }
        return names;
    }
}
