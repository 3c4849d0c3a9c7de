package dev.berth.benchmarks.torture;

import dev.berth.benchmarks.torture.TagCell.State;
import dev.berth.benchmarks.torture.Wire.Answer;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Pulls what tags point to, whole, and compares every byte. */
final class Reader {

    private final Wire wire;
    private final Oracle oracle;
    private final Contents contents;
    private final SplittableRandom random;

    Reader(Wire wire, Oracle oracle, Contents contents, SplittableRandom random) {
        this.wire = wire;
        this.oracle = oracle;
        this.contents = contents;
        this.random = random;
    }

    void step() throws IOException {
        if (random.nextInt(8) == 0) {
            deletedStaysAway();
        } else {
            check(oracle.cells().get(random.nextInt(oracle.cells().size())));
        }
    }

    /** Pulls one tag; what is wrong counts if the tag is what it was before. */
    void check(TagCell cell) throws IOException {
        List<State> before = cell.possible();
        Answer answer = wire.send("GET", cell.path(), "Accept", "*/*");
        Optional<Digest> seen = answer.is(200) ? Optional.of(Digest.of(answer.body())) : Optional.empty();
        Optional<State> state = before.stream().filter(s -> s.is(seen)).findFirst();
        Optional<String> wrong = !answer.is(200) && !answer.is(404)
                ? Optional.of(answer.toString())
                : state.isEmpty() ? Optional.of("is what it cannot be: " + answer) : Optional.empty();
        if (wrong.isEmpty() && before.size() == 1) {
            wrong = wrongWith(cell.repository(), before.get(0));
        }
        if (cell.possible() == before) {
            oracle.count(seen.isPresent() ? "pulls compared" : "absent tags looked for");
            if (wrong.isPresent()) {
                oracle.violation(cell + ": " + wrong.get());
            }
        }
    }

    private Optional<String> wrongWith(String repository, State state) throws IOException {
        if (state.artifact().isEmpty()) {
            return Optional.empty();
        }
        // Those that come while we look are not looked for.
        List<Artifact> referrers = List.copyOf(state.referrers());
        Artifact artifact = state.artifact().get();
        Optional<String> wrong = wrongWith(repository, artifact);
        if (wrong.isPresent() || referrers.isEmpty()) {
            return wrong;
        }
        Answer list = wire.send("GET", "/v2/" + repository + "/referrers/" + artifact.digest());
        String text = new String(list.body(), java.nio.charset.StandardCharsets.UTF_8);
        for (Artifact referrer : referrers) {
            if (!list.is(200) || !text.contains(referrer.digest().toString())) {
                return Optional.of("the referrer " + referrer.digest() + " is not in its list: " + list);
            }
            wrong = wrongWith(repository, referrer);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> wrongWith(String repository, Artifact artifact) throws IOException {
        Answer manifest = wire.send("GET", "/v2/" + repository + "/manifests/" + artifact.digest(), "Accept", "*/*");
        if (!manifest.is(200) || !Arrays.equals(manifest.body(), artifact.content())) {
            return Optional.of("not the manifest that was pushed: " + manifest);
        }
        for (Artifact child : artifact.children()) {
            Optional<String> wrong = wrongWith(repository, child);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (long blob : artifact.blobs()) {
            String path = "/v2/" + repository + "/blobs/" + contents.digest(blob);
            byte[] expected = contents.bytes(blob);
            if (random.nextInt(3) == 0) {
                int from = random.nextInt(expected.length);
                expected = Arrays.copyOfRange(expected, from, expected.length);
                Answer answer = wire.send("GET", path, "Range", "bytes=" + from + "-");
                if (!answer.is(206) || !Arrays.equals(answer.body(), expected)) {
                    return Optional.of("not the range that was pushed: " + answer);
                }
            } else {
                Answer answer = wire.send("GET", path);
                if (!answer.is(200) || !Arrays.equals(answer.body(), expected)) {
                    return Optional.of("not the blob that was pushed: " + answer);
                }
            }
        }
        return Optional.empty();
    }

    private void deletedStaysAway() throws IOException {
        List<String> deleted = oracle.deleted();
        if (!deleted.isEmpty()) {
            checkDeleted(deleted.get(random.nextInt(deleted.size())));
        }
    }

    void checkDeleted(String path) throws IOException {
        Answer answer = wire.send("HEAD", "/v2/" + path, "Accept", "*/*");
        if (!answer.is(404) && oracle.deleted().contains(path)) {
            oracle.violation("what was deleted is back: " + answer);
        }
        oracle.count("deleted things looked for");
    }
}
