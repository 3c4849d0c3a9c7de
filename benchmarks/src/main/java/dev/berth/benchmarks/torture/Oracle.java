package dev.berth.benchmarks.torture;

import dev.berth.registry.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** What the registry has acknowledged and so has to keep, and where it did not. */
final class Oracle {

    static final List<String> REPOSITORIES = List.of("app", "app/base", "team/one", "team/two");

    private static final int MOST_SHOWN = 20;

    private final List<TagCell> cells = new ArrayList<>();
    private final Set<String> deletedBlobs = ConcurrentHashMap.newKeySet();
    private final Set<String> deletedManifests = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> openUploads = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    Oracle(int writers, int tagsEach) {
        for (int writer = 0; writer < writers; writer++) {
            ReentrantLock lock = new ReentrantLock(true);
            for (int tag = 0; tag < tagsEach; tag++) {
                String repository = REPOSITORIES.get((writer + tag) % REPOSITORIES.size());
                cells.add(new TagCell(repository, "w" + writer + "-" + tag, lock));
            }
        }
    }

    /** All tags; those of one writer stand one after the other. */
    List<TagCell> cells() {
        return cells;
    }

    /** A blob that was deleted from a repository, which nobody pushes there again. */
    void blobDeleted(String repository, Digest digest) {
        deletedBlobs.add(repository + "/blobs/" + digest);
    }

    /** A manifest that was deleted by its digest. */
    void manifestDeleted(String repository, Digest digest) {
        deletedManifests.add(repository + "/manifests/" + digest);
    }

    /** A manifest is about to be pushed (again). */
    void manifestComes(String repository, Digest digest) {
        deletedManifests.remove(repository + "/manifests/" + digest);
    }

    /** What has to be answered with 404. */
    List<String> deleted() {
        List<String> paths = new ArrayList<>(deletedBlobs);
        paths.addAll(deletedManifests);
        return paths;
    }

    /** An upload session is open, and has been told that it holds at least so many bytes. */
    void uploadHolds(String location, long size) {
        openUploads.put(location, size);
    }

    void uploadEnds(String location) {
        openUploads.remove(location);
    }

    Map<String, Long> openUploads() {
        return openUploads;
    }

    void count(String what) {
        counts.computeIfAbsent(what, key -> new AtomicLong()).incrementAndGet();
    }

    Map<String, AtomicLong> counts() {
        return new TreeMap<>(counts);
    }

    void violation(String what) {
        violations.add(what);
        if (violations.size() <= MOST_SHOWN) {
            System.out.println("VIOLATION " + what);
        }
    }

    int violations() {
        return violations.size();
    }
}
