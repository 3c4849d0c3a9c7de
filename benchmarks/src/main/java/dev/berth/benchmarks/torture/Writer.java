package dev.berth.benchmarks.torture;

import dev.berth.benchmarks.torture.TagCell.State;
import dev.berth.benchmarks.torture.Wire.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Pushes images, indexes and referrers under tags of its own, moves them, puts old images back, and deletes tags. */
final class Writer {

    private static final int REMEMBERED = 6;

    private final Wire wire;
    private final Oracle oracle;
    private final Contents contents;
    private final Victim victim;
    private final Duration grace;
    private final List<TagCell> cells;
    private final SplittableRandom random;
    private final Pushing pushing;
    private final int number;
    private final Deque<Artifact> former = new ArrayDeque<>();
    private long made;

    Writer(
            Wire wire,
            Oracle oracle,
            Contents contents,
            Victim victim,
            Duration grace,
            List<TagCell> cells,
            int number,
            SplittableRandom random) {
        this.wire = wire;
        this.oracle = oracle;
        this.contents = contents;
        this.victim = victim;
        this.grace = grace;
        this.cells = cells;
        this.number = number;
        this.random = random;
        this.pushing = new Pushing(wire, oracle, contents, victim, random);
    }

    void step() throws IOException, InterruptedException {
        TagCell cell = cells.get(random.nextInt(cells.size()));
        cell.lock().lock();
        try {
            Settling.settle(cell, wire, oracle);
            switch (random.nextInt(10)) {
                case 0 -> deleteTag(cell);
                case 1, 2 -> refer(cell);
                case 3 -> push(cell, former.isEmpty() ? image() : former.peek());
                case 4, 5 -> push(cell, Artifact.index(note(), children()));
                default -> push(cell, image());
            }
        } finally {
            cell.lock().unlock();
        }
    }

    private String note() {
        return number + "." + made++;
    }

    private Artifact image() {
        List<Long> blobs = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i >= 0; i--) {
            // A third are this writer's own, so that there is garbage that was only here.
            long own = Contents.SHARED + number * 1_000_000L + random.nextInt(10_000);
            blobs.add(random.nextInt(3) == 0 ? own : random.nextInt(Contents.SHARED));
        }
        return Artifact.image(contents, note(), blobs, Optional.empty());
    }

    private List<Artifact> children() {
        List<Artifact> children = new ArrayList<>();
        for (int i = random.nextInt(1, 3); i >= 0; i--) {
            children.add(image());
        }
        return children;
    }

    private void push(TagCell cell, Artifact artifact) throws IOException, InterruptedException {
        Since start = new Since(victim.kills(), System.nanoTime());
        for (Artifact child : artifact.children()) {
            blobs(cell.repository(), child);
            if (!put(cell.repository(), child, "/v2/" + cell.repository() + "/manifests/" + child.digest(), start)) {
                return;
            }
        }
        blobs(cell.repository(), artifact);
        State next = State.of(artifact);
        cell.mayBecome(next);
        if (put(cell.repository(), artifact, cell.path(), start)) {
            cell.is(next);
            oracle.count("pushes acknowledged");
            former.addLast(artifact);
            if (former.size() > REMEMBERED) {
                former.removeFirst();
            }
        }
    }

    private void blobs(String repository, Artifact artifact) throws IOException, InterruptedException {
        for (long blob : artifact.blobs()) {
            pushing.blob(repository, blob);
        }
    }

    private boolean put(String repository, Artifact artifact, String path, Since start) throws IOException {
        oracle.manifestComes(repository, artifact.digest());
        Answer answer = wire.send("PUT", path, artifact.content(), "Content-Type", artifact.mediaType());
        if (answer.is(201)) {
            return true;
        }
        if (answer.is(404) || answer.is(400)) {
            // The registry has forgotten what was asked of it, or we took too long: it says so, and nothing is lost.
            if (start.excuses(victim.kills(), grace)) {
                oracle.count("pushes refused after a kill");
                return false;
            }
        }
        oracle.violation("a push was not accepted: " + answer);
        return false;
    }

    /** When a push began. */
    private record Since(int kills, long nanos) {

        boolean excuses(int killsNow, Duration grace) {
            return kills != killsNow || System.nanoTime() - nanos > grace.toNanos() / 2;
        }
    }

    private void refer(TagCell cell) throws IOException, InterruptedException {
        State state = cell.possible().get(0);
        if (state.artifact().isEmpty()) {
            return;
        }
        Since start = new Since(victim.kills(), System.nanoTime());
        Artifact referrer =
                Artifact.image(contents, note(), List.of((long) random.nextInt(Contents.SHARED)), state.artifact());
        blobs(cell.repository(), referrer);
        if (put(cell.repository(), referrer, "/v2/" + cell.repository() + "/manifests/" + referrer.digest(), start)) {
            state.referrers().add(referrer);
            oracle.count("referrers acknowledged");
        }
    }

    private void deleteTag(TagCell cell) throws IOException {
        boolean there = cell.possible().get(0).artifact().isPresent();
        cell.mayBecome(State.ABSENT);
        Answer answer = wire.send("DELETE", cell.path());
        if (answer.is(there ? 202 : 404)) {
            cell.is(State.ABSENT);
            oracle.count("tags deleted");
        } else {
            oracle.violation(cell + " was to be deleted: " + answer);
        }
    }
}
