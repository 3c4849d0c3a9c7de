package dev.berth.registry.image.recording;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.Route;
import dev.berth.registry.image.remote.RemoteHandler;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for a registry elsewhere: a filter that answers everything itself, from a {@link Recording} or from that registry while
 * it records. The registry of the server behind it is never asked. A journal and faults go in front of it, as of any other.
 *
 * <p>What is asked again and again is answered in the order that was recorded, and then as it was last. A request that is not
 * recorded is answered with 501, and the nearest ones that are, in the error's message and in the journal. Uploads are answered
 * with sessions of our own; what they come to has to be what was pushed when it was recorded.
 *
 * <p>While recording, each exchange is written down when it is over, so that nothing is lost where {@link #close} is forgotten but
 * the tidying up. What is asked takes the place of what was recorded of the same request, and the rest stays: several tests may
 * share a recording, one after the other, as long as they find the registry in the same state. To be rid of what no test asks
 * any more, delete the directory first. Safe for use by several threads.
 */
public final class RecordedRegistry implements HttpFilter, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedRegistry.class);
    private static final int NEAREST = 3;

    private final Recording recording;
    private final RecordingMode mode;
    private final List<RecordedExchange> before;
    private final Player player;
    private final Recorder recorder;
    private final List<String> misses = new CopyOnWriteArrayList<>();

    RecordedRegistry(Recording recording, RemoteHandler registry, RecordingMode mode) throws IOException {
        this.recording = recording;
        this.mode = mode;
        before = mode == RecordingMode.RECORD ? readable(recording) : recording.exchanges();
        player = new Player(mode == RecordingMode.RECORD ? List.of() : before, recording.content());
        recorder = new Recorder(recording, registry, before);
    }

    /** What is to be replaced may be damaged. */
    private static List<RecordedExchange> readable(Recording recording) {
        try {
            return recording.exchanges();
        } catch (IOException e) {
            LOG.warn(
                    "The recording that is made anew could not be read, so that there is nothing to compare with: {}",
                    e.getMessage());
            return List.of();
        }
    }

    /** Who answers. */
    public RecordingMode mode() {
        return mode;
    }

    /** What it is recorded in. */
    public Recording recording() {
        return recording;
    }

    /** The requests that were not recorded, each with the nearest that are; empty in a test that did what it did before. */
    public List<String> misses() {
        return List.copyOf(misses);
    }

    /** What is recorded and was not asked here: by now, by this test, or ever again. */
    public List<RecordedRequest> notAsked() {
        return mode == RecordingMode.RECORD ? recorder.unused() : player.unused();
    }

    /** In what the recording differs by now from the one that was there before; nothing while replaying. */
    public List<Difference> differences() {
        return mode == RecordingMode.REPLAY ? List.of() : Differences.between(before, recorder.recorded());
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        if (request.route() instanceof Route.Invalid invalid) {
            throw invalid.problem();
        }
        if (mode == RecordingMode.RECORD) {
            return recorder.record(request);
        }
        if (!request.method().equals("PUT") || !(request.route() instanceof Route.Manifest)) {
            return player.play(request).orElseGet(() -> missing(request, new RecordedBody.None()));
        }
        return Recorder.manifest(request.body()).thenCompose(manifest -> {
            RegistryRequest again = request.withBody(RequestBody.of(manifest));
            RecordedBody body = new RecordedBody.Content(Digest.of(manifest), manifest.length);
            return player.play(again, body).orElseGet(() -> missing(again, body));
        });
    }

    private CompletionStage<RegistryResponse> missing(RegistryRequest request, RecordedBody body) {
        if (mode == RecordingMode.RECORD_MISSING) {
            return recorder.record(request);
        }
        RecordedRequest asked = Notation.of(request, body);
        String nearest = nearest(asked)
                .map(near -> "recorded is " + near)
                .orElse("nothing is recorded in " + recording.directory());
        request.notes().remark("not recorded; " + nearest);
        String message =
                asked + " is not recorded; " + nearest + ". To add it, run once with -D" + RecordingMode.PROPERTY
                        + "=missing; to record everything anew, with -D" + RecordingMode.PROPERTY + "=all";
        misses.add(message);
        LOG.warn("{}: {}", recording.directory(), message);
        throw new RegistryException(501, List.of(new RegistryError(ErrorCode.UNSUPPORTED, message)));
    }

    /** The recorded requests that have most in common with one. */
    private Optional<String> nearest(RecordedRequest asked) {
        Comparator<RecordedRequest> common =
                Comparator.comparingInt(recorded -> Nearness.of(recorded.toString(), asked.toString()));
        List<RecordedRequest> nearest = player.requests().stream()
                .sorted(common.reversed())
                .limit(NEAREST)
                .toList();
        return nearest.isEmpty()
                ? Optional.empty()
                : Optional.of(nearest.stream().map(RecordedRequest::toString).collect(Collectors.joining(", ")));
    }

    /**
     * Ends it. If something was recorded, what no exchange needs any more is deleted from the recording, and the log tells in what
     * it differs from the one before. To be called when the server has ended; may be called more than once.
     *
     * @throws IOException if the recording cannot be tidied up
     */
    @Override
    public void close() throws IOException {
        if (!recorder.hasWritten()) {
            return;
        }
        List<RecordedExchange> recorded = recorder.recorded();
        recording.tidy(recorded);
        List<Difference> differences = differences();
        if (before.isEmpty()) {
            LOG.info("Recorded {} exchanges in {}", recorded.size(), recording.directory());
        } else if (differences.isEmpty()) {
            LOG.info("Recorded again in {}: nothing has changed", recording.directory());
        } else {
            LOG.info(
                    "Recorded again in {}:\n  {}",
                    recording.directory(),
                    differences.stream().map(Difference::toString).collect(Collectors.joining("\n  ")));
        }
    }

    @Override
    public String toString() {
        return "RecordedRegistry[" + recording.directory() + ", " + mode + "]";
    }
}
