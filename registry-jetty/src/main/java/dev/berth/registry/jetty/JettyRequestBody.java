package dev.berth.registry.jetty;

import dev.berth.registry.http.ClientGoneException;
import dev.berth.registry.http.RequestBody;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request's body, read when there is something to read. */
record JettyRequestBody(Request request) implements RequestBody {

    @Override
    public OptionalLong length() {
        long length = request.getLength();
        if (length >= 0) {
            return OptionalLong.of(length);
        }
        // A request of HTTP/1 that announces no body has none.
        boolean framed =
                request.getConnectionMetaData().getHttpVersion().getVersion() > HttpVersion.HTTP_1_1.getVersion()
                        || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        return framed ? OptionalLong.empty() : OptionalLong.of(0);
    }

    @Override
    public CompletionStage<Void> drainTo(Sink sink) {
        Reader reader = new Reader(request, sink);
        reader.run();
        return reader.done;
    }

    /** Reads all there is, then waits without a thread until there is more. */
    private static final class Reader implements Runnable {

        private final Request request;
        private final Sink sink;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Reader(Request request, Sink sink) {
            this.request = request;
            this.sink = sink;
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // Whatever a sink throws has to reach whoever waits for the body.
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    done.completeExceptionally(
                            new ClientGoneException("the client went away within its request", chunk.getFailure()));
                    return;
                }
                boolean last = chunk.isLast();
                try {
                    if (chunk.hasRemaining()) {
                        sink.accept(chunk.getByteBuffer());
                    }
                } catch (Exception e) {
                    done.completeExceptionally(e);
                    return;
                } finally {
                    chunk.release();
                }
                if (last) {
                    done.complete(null);
                    return;
                }
            }
        }
    }
}
