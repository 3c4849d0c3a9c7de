package dev.berth.registry.http.fault;

import dev.berth.registry.http.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** A request's body that is taken in small pieces with pauses between them, so that its client has to wait. */
final class SlowRequestBody implements RequestBody {

    private final RequestBody body;
    private final Pace pace;

    SlowRequestBody(RequestBody body, Pace pace) {
        this.body = body;
        this.pace = pace;
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public CompletionStage<Void> drainTo(Sink sink) {
        return body.drainTo(bytes -> accept(bytes, sink));
    }

    private void accept(ByteBuffer bytes, Sink sink) throws IOException {
        while (bytes.hasRemaining()) {
            int length = Math.min(pace.piece(), bytes.remaining());
            sink.accept(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
            pace.after(length);
        }
    }
}
