package dev.berth.registry.http.fault;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.ConnectionCutException.Cut;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.ResponseBody;
import dev.berth.registry.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One thing that goes wrong with an exchange. Each prints itself as a person would say it. */
public sealed interface Fault extends HttpFilter {

    /**
     * The registry refuses, in the specification's form of errors.
     *
     * @param status 400 to 599
     * @param error what the body says
     * @param headers further header fields
     */
    record Refusal(int status, RegistryError error, Headers headers) implements Fault {

        /** @throws IllegalArgumentException if the status is not one of an error */
        public Refusal {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("The status of a refusal is 400 to 599, not " + status);
            }
        }

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            RegistryResponse refusal =
                    RegistryResponse.refusing(request, new RegistryException(status, List.of(error)));
            return CompletableFuture.completedFuture(
                    new RegistryResponse(status, refusal.headers().plusAll(headers), refusal.body()));
        }

        @Override
        public String toString() {
            return status + " " + error.code();
        }
    }

    /**
     * Something in front of the registry answers, in a form of its own.
     *
     * @param status the HTTP status
     * @param headers the header fields but {@code Content-Length}
     * @param body the body
     */
    record Answer(int status, Headers headers, String body) implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            Headers all = headers.with("Content-Length", Integer.toString(bytes.length));
            boolean head = request.method().equals("HEAD");
            return CompletableFuture.completedFuture(
                    new RegistryResponse(status, all, head ? ResponseBody.empty() : ResponseBody.of(bytes)));
        }

        @Override
        public String toString() {
            return "a foreign " + status;
        }
    }

    /**
     * Nothing happens for a while.
     *
     * @param duration how long, more than zero
     */
    record Delay(Duration duration) implements Fault {

        public Delay {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("A delay is longer than zero, unlike " + duration);
            }
        }

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            Executor later = CompletableFuture.delayedExecutor(duration.toNanos(), TimeUnit.NANOSECONDS);
            return CompletableFuture.supplyAsync(() -> request, later).thenCompose(next::handle);
        }

        @Override
        public String toString() {
            return "a delay of " + duration.toMillis() + " ms";
        }
    }

    /**
     * Bodies come slowly: the request's, if it has one, and then the answer's. A thread of the server is held meanwhile.
     *
     * @param bytesPerSecond at least 1
     */
    record Bandwidth(long bytesPerSecond) implements Fault {

        public Bandwidth {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("A bandwidth is at least 1 byte a second, not " + bytesPerSecond);
            }
        }

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            Pace pace = new Pace(bytesPerSecond);
            return next.handle(request.withBody(new SlowRequestBody(request.body(), pace)))
                    .thenApply(r -> r.withBody(new SlowBody(r.body(), pace)));
        }

        @Override
        public String toString() {
            return bytesPerSecond + " bytes a second";
        }
    }

    /**
     * The answer's body stops, and goes on after a while. A thread of the server is held meanwhile.
     *
     * @param after how many bytes come before; a body that has no more does not stop
     * @param duration how long nothing comes, more than zero
     */
    record Stall(long after, Duration duration) implements Fault {

        public Stall {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("A body stops for longer than zero, unlike " + duration);
            }
        }

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return next.handle(request).thenApply(r -> r.withBody(new StalledBody(r.body(), after, duration)));
        }

        @Override
        public String toString() {
            return "nothing for " + duration.toMillis() + " ms after " + after + " bytes";
        }
    }

    /**
     * One byte of the body arrives wrong.
     *
     * @param position which, counted from 0; the last one if the body is shorter
     */
    record FlippedByte(long position) implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return next.handle(request).thenApply(r -> r.withBody(new FlippedBody(r.body(), position)));
        }

        @Override
        public String toString() {
            return "byte " + position + " flipped";
        }
    }

    /**
     * The connection is cut once so much of the response's body has been sent; at its end if it is shorter.
     *
     * @param cut how
     * @param after how many bytes are sent before, 0 with {@link Cut#RESET_UNANSWERED}
     */
    record ConnectionCut(Cut cut, long after) implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return next.handle(request).thenApply(r -> r.withBody(new CutBody(r.body(), cut, after)));
        }

        @Override
        public String toString() {
            return switch (cut) {
                case RESET_UNANSWERED -> "a reset without an answer";
                case RESET -> "a reset after " + after + " bytes";
                case END -> "an end after " + after + " bytes";
            };
        }
    }

    /**
     * The connection is reset at once; the registry never hears of the request.
     */
    record UnheardReset() implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return CompletableFuture.completedFuture(CutBody.unanswered());
        }

        @Override
        public String toString() {
            return "a reset before the request is heard";
        }
    }

    /**
     * The connection is reset when so many bytes of the request's body have arrived. What came before is in the upload session.
     *
     * @param after how many bytes; at the end of the body if it is shorter
     */
    record UploadReset(long after) implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            CutRequestBody body = new CutRequestBody(request.body(), after);
            return next.handle(request.withBody(body)).thenApply(r -> body.wasCut() ? cut(r) : r);
        }

        private static RegistryResponse cut(RegistryResponse response) {
            return response.withBody(new CutBody(response.body(), Cut.RESET_UNANSWERED, 0));
        }

        @Override
        public String toString() {
            return "a reset after " + after + " bytes of the request";
        }
    }

    /**
     * A header field of the response says something else, or is not there.
     *
     * @param name the field
     * @param value what it says; empty for no such field
     */
    record HeaderField(String name, Optional<String> value) implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return next.handle(request)
                    .thenApply(r -> new RegistryResponse(r.status(), changed(r.headers()), r.body()));
        }

        private Headers changed(Headers headers) {
            return value.isPresent() ? headers.with(name, value.get()) : headers.without(name);
        }

        @Override
        public String toString() {
            return value.isPresent() ? name + ": " + value.get() : "no " + name;
        }
    }

    /** The request's credentials count for nothing, as if a token had just run out. */
    record LostCredentials() implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return next.handle(request.withHeaders(request.headers().without("Authorization")));
        }

        @Override
        public String toString() {
            return "credentials that have expired";
        }
    }

    /** The registry has forgotten the upload session that the request is for. */
    record ForgottenUpload() implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            if (!(request.route() instanceof Route.Upload)) {
                return next.handle(request);
            }
            return next.handle(request.withBody(RequestBody.empty()).withRoute("DELETE", request.route()))
                    .thenCompose(cancelled -> {
                        close(cancelled);
                        return next.handle(request);
                    });
        }

        private static void close(RegistryResponse response) {
            try {
                response.body().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return "an upload session that is forgotten";
        }
    }

    /**
     * A tag is answered as if it pointed elsewhere.
     *
     * @param digest where
     */
    record OtherManifest(Digest digest) implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return next.handle(
                    request.route() instanceof Route.Manifest manifest
                            ? request.withRoute(request.method(), new Route.Manifest(manifest.name(), digest))
                            : request);
        }

        @Override
        public String toString() {
            return "the manifest " + digest + " instead";
        }
    }

    /** A tag is answered as before it was last pushed, moved or deleted; with 404 if it was not there. */
    record StaleTag(TagMemory memory) implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return memory.before(request).filter(request, next);
        }

        @Override
        public String toString() {
            return "the manifest from before the last push";
        }
    }

    /** Something that a test made itself, with the words it is printed as. */
    record Custom(String words, HttpFilter filter) implements Fault {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return filter.filter(request, next);
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
