package dev.berth.registry.http.fault;

import dev.berth.registry.http.ConnectionCutException;
import dev.berth.registry.http.ConnectionCutException.Cut;
import dev.berth.registry.http.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A request's body that ends with its connection. */
final class CutRequestBody implements RequestBody {

    private final RequestBody body;
    private final long after;
    private long taken;
    private volatile boolean cut;

    CutRequestBody(RequestBody body, long after) {
        this.body = body;
        this.after = after;
    }

    boolean wasCut() {
        return cut;
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public CompletionStage<Void> drainTo(Sink sink) {
        return body.drainTo(bytes -> accept(bytes, sink)).thenAccept(done -> {
            cut = true;
            throw new CompletionException(new ConnectionCutException(Cut.RESET_UNANSWERED));
        });
    }

    private void accept(ByteBuffer bytes, Sink sink) throws IOException {
        long left = after - taken;
        if (bytes.remaining() < left) {
            taken += bytes.remaining();
            sink.accept(bytes);
            return;
        }
        if (left > 0) {
            sink.accept(bytes.slice(bytes.position(), (int) left));
        }
        cut = true;
        throw new ConnectionCutException(Cut.RESET_UNANSWERED);
    }
}
