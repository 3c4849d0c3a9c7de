package dev.berth.registry.jetty;

import dev.berth.registry.http.ClientGoneException;
import dev.berth.registry.http.RequestBody;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A request's body, read when there is something to read. */
final class JettyRequestBody implements RequestBody {

    /** How much of a body that nobody wanted is read, for the sake of the client's seeing the answer. */
    private static final long MOST_DISCARDED = 16L << 20;

    private static final OptionalLong NOTHING = OptionalLong.of(0);

    private final Request request;
    private final OptionalLong length;
    private Optional<Content.Chunk> first = Optional.empty();
    private volatile boolean begun;
    private volatile boolean ended;

    JettyRequestBody(Request request) {
        this.request = request;
        this.length = findLength();
        this.ended = length.equals(NOTHING);
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    private OptionalLong findLength() {
        long announced = request.getLength();
        if (announced >= 0) {
            return announced == 0 ? NOTHING : OptionalLong.of(announced);
        }
        HttpVersion version = request.getConnectionMetaData().getHttpVersion();
        if (version.getVersion() > HttpVersion.HTTP_1_1.getVersion()) {
            return endsWithItsHead() ? NOTHING : OptionalLong.empty();
        }
        // A request of HTTP/1 that announces no body has none.
        return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) ? OptionalLong.empty() : NOTHING;
    }

    /** HTTP/2 says by a flag that there is no body, and Jetty tells whoever tries to read it. */
    private boolean endsWithItsHead() {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            return false;
        }
        Content.Chunk chunk = request.read();
        if (chunk != null && chunk.isLast() && !chunk.hasRemaining() && !Content.Chunk.isFailure(chunk)) {
            chunk.release();
            return true;
        }
        first = Optional.ofNullable(chunk);
        return false;
    }

    private Content.@Nullable Chunk next() {
        Content.Chunk kept = first.orElse(null);
        first = Optional.empty();
        return kept == null ? request.read() : kept;
    }

    @Override
    public CompletionStage<Void> drainTo(Sink sink) {
        begun = true;
        Reader reader = new Reader(sink);
        reader.run();
        return reader.done;
    }

    /** Whether the last byte has been read. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * What to call when an answer has been sent before the body was read: a connection that is closed on a client that is still
     * sending takes the answer away from it. A client that waits to be told to go on has been answered and sends nothing.
     */
    Callback discardingRest(Callback callback) {
        boolean waiting = !begun && request.getHeaders().contains(HttpHeader.EXPECT);
        return waiting ? callback : Callback.from(() -> discardRest(callback), callback::failed);
    }

    private void discardRest(Callback callback) {
        long[] left = {MOST_DISCARDED};
        drainTo(bytes -> {
                    left[0] -= bytes.remaining();
                    if (left[0] < 0) {
                        throw new ClientGoneException("the rest of the body is too long to be read for nothing");
                    }
                })
                .whenComplete((done, failure) -> callback.succeeded());
    }

    /** Reads all there is, then waits without a thread until there is more. */
    private final class Reader implements Runnable {

        private final Sink sink;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Reader(Sink sink) {
            this.sink = sink;
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // Whatever a sink throws has to reach whoever waits for the body.
        public void run() {
            while (true) {
                Content.Chunk chunk = next();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    ended = true;
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
                    ended = last;
                    done.completeExceptionally(e);
                    return;
                } finally {
                    chunk.release();
                }
                if (last) {
                    ended = true;
                    done.complete(null);
                    return;
                }
            }
        }
    }
}
