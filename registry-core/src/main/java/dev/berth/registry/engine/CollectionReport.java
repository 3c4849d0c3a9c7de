package dev.berth.registry.engine;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.Origin;
import dev.berth.registry.event.RegistryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a collection has removed, or a dry run would have.
 *
 * @param dryRun whether it has removed nothing
 * @param cancelled whether it ended early; it has removed what it says, and the next one goes on
 * @param repositories what went from each; those from which nothing went are left out
 * @param blobs how many blobs and manifests went from the storage for good
 * @param blobBytes how many bytes they had
 * @param obstacles what kept it from looking further, and what would help; at most a hundred
 */
public record CollectionReport(
        boolean dryRun,
        boolean cancelled,
        SortedMap<RepositoryName, Share> repositories,
        long blobs,
        long blobBytes,
        List<String> obstacles) {

    /** Copies what it is given. */
    public CollectionReport {
        repositories = Collections.unmodifiableSortedMap(new TreeMap<>(repositories));
        obstacles = List.copyOf(obstacles);
    }

    /**
     * What went from one repository.
     *
     * @param manifests untagged ones
     * @param links blobs that it had and did not need
     * @param uploads abandoned upload sessions
     * @param uploadBytes how many bytes these had
     */
    public record Share(long manifests, long links, long uploads, long uploadBytes) {

        static final Share NONE = new Share(0, 0, 0, 0);

        Share plus(Share other) {
            return new Share(
                    manifests + other.manifests,
                    links + other.links,
                    uploads + other.uploads,
                    uploadBytes + other.uploadBytes);
        }
    }

    /** What went from all repositories together. */
    public Share total() {
        return repositories.values().stream().reduce(Share.NONE, Share::plus);
    }

    /**
     * What to tell those who listen to events.
     *
     * @param time when it ended
     * @param took how long it ran
     */
    public RegistryEvent.Collected event(Instant time, Duration took) {
        Share total = total();
        return new RegistryEvent.Collected(
                time, Origin.UNKNOWN, total.manifests(), blobs, total.uploads(), bytes(), took);
    }

    /** How many bytes of content went: of blobs, manifests and uploads. What links take is not counted. */
    public long bytes() {
        return blobBytes + total().uploadBytes();
    }
}
