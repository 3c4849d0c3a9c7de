package dev.berth.registry.image.recording;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.ResponseBody;
import dev.berth.registry.http.Route;
import dev.berth.registry.image.remote.RemoteHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks the registry elsewhere, and writes down what it answers. Safe for use by several threads. */
final class Recorder {

    private static final int LONGEST_MANIFEST = 64 << 20;

    private final Recording recording;
    private final ContentDirectory content;
    private final RemoteHandler registry;
    private final Exchanges exchanges;
    private final Notation notation;
    private boolean written;

    Recorder(Recording recording, RemoteHandler registry, List<RecordedExchange> before) {
        this.recording = recording;
        this.registry = registry;
        content = recording.content();
        exchanges = new Exchanges(before);
        notation = new Notation(registry::redacted);
    }

    CompletionStage<RegistryResponse> record(RegistryRequest request) {
        if (!request.method().equals("PUT") || !(request.route() instanceof Route.Manifest)) {
            RecordedRequest asked = Notation.of(request, new RecordedBody.None());
            return registry.handle(request).thenApply(response -> keep(request, asked, response));
        }
        return manifest(request.body()).thenCompose(manifest -> {
            RecordedRequest asked = Notation.of(request, stored(manifest));
            return registry.handle(request.withBody(RequestBody.of(manifest)))
                    .thenApply(response -> keep(request, asked, response));
        });
    }

    static CompletionStage<byte[]> manifest(RequestBody body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return body.drainTo(piece -> {
                    if (bytes.size() + piece.remaining() > LONGEST_MANIFEST) {
                        throw new RegistryException(
                                ErrorCode.SIZE_INVALID, "a manifest has " + LONGEST_MANIFEST + " bytes at most");
                    }
                    byte[] array = new byte[piece.remaining()];
                    piece.get(array);
                    bytes.writeBytes(array);
                })
                .thenApply(done -> bytes.toByteArray());
    }

    private RecordedBody stored(byte[] bytes) {
        try {
            return content.keep(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RegistryResponse keep(RegistryRequest request, RecordedRequest asked, RegistryResponse response) {
        Headers headers = notation.headers(request, response);
        try {
            if (response.body().length() == 0) {
                add(asked, new RecordedAnswer(response.status(), headers, new RecordedBody.None()));
                return response;
            }
            if (request.route() instanceof Route.Blob && response.status() < 300) {
                return response.withBody(new KeptBody(
                        response.body(),
                        content.receive(),
                        body -> add(asked, new RecordedAnswer(response.status(), headers, body))));
            }
            byte[] bytes = read(response);
            boolean exact = request.route() instanceof Route.Manifest && response.status() < 300;
            RecordedBody body =
                    exact ? stored(bytes) : notation.text(bytes).orElseGet(() -> stored(notation.redacted(bytes)));
            add(asked, new RecordedAnswer(response.status(), headers, body));
            return response.withBody(ResponseBody.of(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(RegistryResponse response) throws IOException {
        try (ResponseBody body = response.body()) {
            if (body.length() > LONGEST_MANIFEST) {
                throw new IOException("The registry answered with " + body.length() + " bytes where no blob is");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) body.length());
            while (bytes.hasRemaining() && body.read(bytes, bytes.position()) >= 0) {
                // Goes on where the last read ended.
            }
            return bytes.array();
        }
    }

    private synchronized void add(RecordedRequest asked, RecordedAnswer answer) throws IOException {
        exchanges.renew(new RecordedExchange(asked, answer));
        written = true;
        recording.write(exchanges.all());
    }

    /** All that is recorded by now. */
    List<RecordedExchange> recorded() {
        return exchanges.all();
    }

    /** Whether something was recorded here. */
    synchronized boolean hasWritten() {
        return written;
    }

    List<RecordedRequest> unused() {
        return exchanges.unused();
    }
}
