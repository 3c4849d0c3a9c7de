package dev.berth.benchmarks.torture;

import dev.berth.benchmarks.torture.TagCell.State;
import dev.berth.benchmarks.torture.Wire.Answer;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.util.SplittableRandom;

/** Deletes the manifests of others by their digests, and blobs of its own. */
final class Deleter {

    private static final long FIRST_BLOB = 1_000_000_000L;

    private final Wire wire;
    private final Oracle oracle;
    private final Contents contents;
    private final SplittableRandom random;
    private final Pushing pushing;
    private long made = FIRST_BLOB;

    Deleter(Wire wire, Oracle oracle, Contents contents, Victim victim, SplittableRandom random) {
        this.wire = wire;
        this.oracle = oracle;
        this.contents = contents;
        this.random = random;
        this.pushing = new Pushing(wire, oracle, contents, victim, random);
    }

    void step() throws IOException, InterruptedException {
        Thread.sleep(random.nextInt(40));
        if (random.nextInt(3) == 0) {
            blob();
        } else {
            TagCell cell = oracle.cells().get(random.nextInt(oracle.cells().size()));
            cell.lock().lock();
            try {
                manifest(cell);
            } finally {
                cell.lock().unlock();
            }
        }
    }

    private void manifest(TagCell cell) throws IOException {
        if (cell.possible().size() > 1 || cell.possible().get(0).artifact().isEmpty()) {
            return;
        }
        Digest digest = cell.possible().get(0).artifact().get().digest();
        for (TagCell other : oracle.cells()) {
            // One that was put back under another tag takes that with it.
            if (other != cell
                    && other.repository().equals(cell.repository())
                    && other.possible().stream()
                            .anyMatch(s -> s.artifact()
                                    .filter(a -> a.digest().equals(digest))
                                    .isPresent())) {
                return;
            }
        }
        cell.mayBecome(State.ABSENT);
        Answer answer = wire.send("DELETE", "/v2/" + cell.repository() + "/manifests/" + digest);
        if (answer.is(202)) {
            cell.is(State.ABSENT);
            oracle.manifestDeleted(cell.repository(), digest);
            oracle.count("manifests deleted");
        } else {
            oracle.violation(cell + " could not be deleted by digest: " + answer);
        }
    }

    private void blob() throws IOException, InterruptedException {
        String repository = Oracle.REPOSITORIES.get(random.nextInt(Oracle.REPOSITORIES.size()));
        long number = made++;
        pushing.blob(repository, number);
        Answer answer = wire.send("DELETE", "/v2/" + repository + "/blobs/" + contents.digest(number));
        if (answer.is(202)) {
            oracle.blobDeleted(repository, contents.digest(number));
            oracle.count("blobs deleted");
        } else {
            oracle.violation("a blob could not be deleted: " + answer);
        }
    }
}
