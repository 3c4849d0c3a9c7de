package dev.berth.benchmarks.torture;

import dev.berth.benchmarks.torture.Wire.Answer;
import dev.berth.registry.MediaTypes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is looked at when all is over and nothing moves any more. */
final class Audit {

    private final Wire wire;
    private final Oracle oracle;
    private final Contents contents;

    Audit(Wire wire, Oracle oracle, Contents contents) {
        this.wire = wire;
        this.oracle = oracle;
        this.contents = contents;
    }

    /** Every tag is what it was last acknowledged to be, whole; every upload goes on; what was deleted stays away. */
    void everything(Reader reader) throws IOException {
        for (TagCell cell : oracle.cells()) {
            Settling.settle(cell, wire, oracle);
            reader.check(cell);
        }
        for (String path : oracle.deleted()) {
            reader.checkDeleted(path);
        }
        for (Map.Entry<String, Long> upload : oracle.openUploads().entrySet()) {
            Answer status = wire.send("GET", upload.getKey());
            String range = status.header("range");
            long has = status.is(204) && !range.isEmpty() ? Long.parseLong(range.substring(2)) + 1 : 0;
            if (!status.is(204) || has < upload.getValue()) {
                oracle.violation("an open upload of " + upload.getValue() + " bytes: " + status + " " + range);
            }
            oracle.count("open uploads found again");
        }
    }

    /** The same tags, through another registry over the same directory. */
    void sameInAnotherRegistry() throws IOException {
        for (TagCell cell : oracle.cells()) {
            Optional<Artifact> expected = cell.possible().get(0).artifact();
            Answer answer = get(cell.path());
            if (expected.isEmpty() ? !answer.is(404) : !isSame(cell.repository(), expected.get(), answer)) {
                oracle.violation("docker-registry has something else at " + cell + ": " + answer);
            }
            oracle.count("tags compared in docker-registry");
        }
    }

    private boolean isSame(String repository, Artifact artifact, Answer answer) throws IOException {
        if (!answer.is(200)
                || !answer.header("docker-content-digest")
                        .equals(artifact.digest().toString())
                || !Arrays.equals(answer.body(), artifact.content())) {
            return false;
        }
        for (Artifact child : artifact.children()) {
            if (!isSame(repository, child, get("/v2/" + repository + "/manifests/" + child.digest()))) {
                return false;
            }
        }
        for (long blob : artifact.blobs()) {
            Answer found = wire.send("GET", "/v2/" + repository + "/blobs/" + contents.digest(blob));
            if (!found.is(200) || !Arrays.equals(found.body(), contents.bytes(blob))) {
                return false;
            }
        }
        return true;
    }

    private Answer get(String path) throws IOException {
        List<String> types = List.of(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX);
        return wire.send("GET", path, "Accept", String.join(",", types));
    }
}
