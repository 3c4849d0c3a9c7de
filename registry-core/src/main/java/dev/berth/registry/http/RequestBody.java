package dev.berth.registry.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * The body of a request, on its way from a client who may be slow or go away. It is pushed to whoever wants it, so that no
 * thread has to wait for it.
 */
public interface RequestBody {

    /** How many bytes the client has announced, or empty if it sends them as they come. */
    OptionalLong length();

    /**
     * Hands the body to {@code sink}, piece by piece and in order. To be called at most once; a body that nobody asks for is
     * the binding's to discard.
     *
     * @return completes when the last byte has been taken; fails with what the sink threw, or with an {@link IOException} if
     *     the client went away first
     */
    CompletionStage<Void> drainTo(Sink sink);

    /** Takes a body's bytes. */
    @FunctionalInterface
    interface Sink {

        /** Takes all that remains in {@code bytes}, which is the caller's again afterwards. Called by one thread at a time. */
        void accept(ByteBuffer bytes) throws IOException;
    }

    /** The same body, which tells {@code watch} how many bytes each piece has that comes. */
    static RequestBody watched(RequestBody body, LongConsumer watch) {
        return new RequestBody() {
            @Override
            public OptionalLong length() {
                return body.length();
            }

            @Override
            public CompletionStage<Void> drainTo(Sink sink) {
                return body.drainTo(bytes -> {
                    watch.accept(bytes.remaining());
                    sink.accept(bytes);
                });
            }
        };
    }

    /** A body without bytes. */
    static RequestBody empty() {
        return of(new byte[0]);
    }

    /** A body that is there already. */
    static RequestBody of(byte[] bytes) {
        return new RequestBody() {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(bytes.length);
            }

            @Override
            public CompletionStage<Void> drainTo(Sink sink) {
                try {
                    if (bytes.length > 0) {
                        sink.accept(ByteBuffer.wrap(bytes));
                    }
                    return CompletableFuture.completedFuture(null);
                } catch (IOException | RuntimeException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }
        };
    }
}
