package dev.berth.benchmarks.torture;

import dev.berth.benchmarks.torture.Wire.Answer;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Brings blobs into a repository as clients do: asks first, mounts, sends whole or in pieces, and goes on where it was cut off. */
final class Pushing {

    private final Wire wire;
    private final Oracle oracle;
    private final Contents contents;
    private final Victim victim;
    private final SplittableRandom random;

    Pushing(Wire wire, Oracle oracle, Contents contents, Victim victim, SplittableRandom random) {
        this.wire = wire;
        this.oracle = oracle;
        this.contents = contents;
        this.victim = victim;
        this.random = random;
    }

    void blob(String repository, long number) throws IOException, InterruptedException {
        Digest digest = contents.digest(number);
        Answer head = wire.send("HEAD", "/v2/" + repository + "/blobs/" + digest);
        if (head.is(200)) {
            oracle.count("blobs that were there");
            return;
        }
        require(head, 404);
        if (random.nextInt(3) == 0 && mounted(repository, digest)) {
            return;
        }
        byte[] bytes = contents.bytes(number);
        switch (random.nextInt(4)) {
            case 0 -> inOneRequest(repository, digest, bytes);
            case 1 -> whole(repository, digest, bytes);
            default -> inPieces(repository, digest, bytes);
        }
        oracle.count("blobs acknowledged");
    }

    private boolean mounted(String repository, Digest digest) throws IOException {
        String from = Oracle.REPOSITORIES.get(random.nextInt(Oracle.REPOSITORIES.size()));
        Answer answer = wire.send(
                "POST", "/v2/" + repository + "/blobs/uploads/?mount=" + digest + "&from=" + from.replace("/", "%2F"));
        if (answer.is(201)) {
            oracle.count("blobs mounted");
            return true;
        }
        require(answer, 202);
        wire.send("DELETE", answer.header("location"));
        return false;
    }

    private void inOneRequest(String repository, Digest digest, byte[] bytes) throws IOException {
        require(wire.send("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest, bytes, OCTETS), 201);
    }

    private static final String[] OCTETS = {"Content-Type", "application/octet-stream"};

    private void whole(String repository, Digest digest, byte[] bytes) throws IOException {
        Answer begun = wire.send("POST", "/v2/" + repository + "/blobs/uploads/");
        require(begun, 202);
        require(wire.send("PUT", with(begun.header("location"), digest), bytes, OCTETS), 201);
    }

    private void inPieces(String repository, Digest digest, byte[] bytes) throws IOException, InterruptedException {
        Answer begun = wire.send("POST", "/v2/" + repository + "/blobs/uploads/");
        require(begun, 202);
        String location = begun.header("location");
        String session = session(location);
        oracle.uploadHolds(session, 0);
        int sent = 0;
        int piece = 1 + bytes.length / (1 + random.nextInt(4));
        while (sent < bytes.length) {
            byte[] part = Arrays.copyOfRange(bytes, sent, Math.min(bytes.length, sent + piece));
            try {
                Answer answer = wire.send(
                        "PATCH",
                        location,
                        part,
                        "Content-Type",
                        "application/octet-stream",
                        "Content-Range",
                        sent + "-" + (sent + part.length - 1));
                require(answer, 202);
                sent += part.length;
                oracle.uploadHolds(session, sent);
                location = answer.header("location");
            } catch (IOException e) {
                sent = resume(session, sent, sent + part.length);
                location = session;
            }
        }
        commit(repository, digest, location, bytes.length);
    }

    /** Where the session stands after a cut. It holds what was acknowledged, and may hold some of what was not. */
    private int resume(String session, int acknowledged, int sent) throws IOException, InterruptedException {
        victim.rest();
        Answer status = wire.send("GET", session);
        if (!status.is(204)) {
            oracle.violation("an open upload of " + acknowledged + " bytes is lost: " + status);
            oracle.uploadEnds(session);
            throw new IOException("lost");
        }
        String range = status.header("range");
        int has = range.equals("0-0") || range.isEmpty()
                ? Math.min(1, acknowledged)
                : Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1;
        if (has < acknowledged || has > sent) {
            oracle.violation(
                    "an upload holds " + range + " after " + acknowledged + " to " + sent + " bytes: " + session);
        }
        oracle.count("uploads resumed after a kill");
        return has;
    }

    private void commit(String repository, Digest digest, String location, int size)
            throws IOException, InterruptedException {
        String session = session(location);
        try {
            require(wire.send("PUT", with(location, digest), new byte[0], OCTETS), 201);
            oracle.uploadEnds(session);
            return;
        } catch (IOException e) {
            oracle.uploadEnds(session);
            victim.rest();
        }
        // Either it has been done, or it can be done, or all of it is gone but for bytes that nobody sees.
        if (wire.send("HEAD", "/v2/" + repository + "/blobs/" + digest).is(200)) {
            oracle.count("commits cut off: done");
            return;
        }
        Answer status = wire.send("GET", session);
        if (!status.is(204)) {
            require(status, 404);
            oracle.count("commits cut off: absent");
            throw new IOException("the commit was cut off");
        }
        if (!status.header("range").equals("0-" + (size - 1))) {
            oracle.violation("an upload of " + size + " bytes holds " + status.header("range") + " after a commit");
        }
        require(wire.send("PUT", with(location, digest), new byte[0], OCTETS), 201);
        oracle.count("commits cut off: repeated");
    }

    private static String session(String location) {
        int query = location.indexOf('?');
        return query < 0 ? location : location.substring(0, query);
    }

    private static String with(String location, Digest digest) {
        return location + (location.indexOf('?') < 0 ? "?" : "&") + "digest=" + digest;
    }

    /** Nothing but a cut connection keeps a good request from being answered well. */
    private void require(Answer answer, int expected) throws IOException {
        if (!answer.is(expected)) {
            oracle.violation("instead of " + expected + ": " + answer);
            throw new IOException("unexpected: " + answer);
        }
    }
}
