package dev.berth.registry.image.recording;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.ResponseBody;
import dev.berth.registry.http.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers from a recording. Safe for use by several threads. */
final class Player {

    private final Exchanges exchanges;
    private final ContentDirectory content;
    private final ReplayedUploads uploads = new ReplayedUploads();

    Player(List<RecordedExchange> exchanges, ContentDirectory content) {
        this.exchanges = new Exchanges(exchanges);
        this.content = content;
    }

    List<RecordedRequest> requests() {
        return exchanges.requests();
    }

    List<RecordedRequest> unused() {
        return exchanges.unused();
    }

    /** The answer, or empty if there is none; the request's body is not touched then. */
    Optional<CompletionStage<RegistryResponse>> play(RegistryRequest request) {
        if (request.method().equals("PUT") && request.route() instanceof Route.Manifest) {
            throw new IllegalArgumentException("What is pushed has to be known: " + request);
        }
        return play(request, new RecordedBody.None());
    }

    /** The same for a manifest that is pushed. */
    Optional<CompletionStage<RegistryResponse>> play(RegistryRequest request, RecordedBody manifest) {
        Optional<RecordedAnswer> answer = find(request, Notation.of(request, manifest));
        if (request.route() instanceof Route.Upload) {
            return uploads.handle(request, answer)
                    .map(stage -> stage.thenApply(headers ->
                            response(request, answer.orElseGet(() -> ReplayedUploads.usual(request)), headers)));
        }
        return answer.map(found -> request.body()
                .drainTo(bytes -> bytes.position(bytes.limit()))
                .thenApply(done -> response(request, found, uploads.begun(request, found.headers()))));
    }

    /** An answer to the same, or to something whose answer serves as well. */
    private Optional<RecordedAnswer> find(RegistryRequest request, RecordedRequest asked) {
        return exchanges
                .next(asked)
                .or(() -> asked.headers().first("Range").isPresent()
                        ? find(request, asked.without("Range"))
                        : Optional.empty())
                .or(() -> withOtherTypes(request, asked))
                .or(() -> asked.method().equals("HEAD")
                        ? find(request, asked.withMethod("GET")).map(Player::headOf)
                        : Optional.empty());
    }

    /** What was answered to a client that accepts other types, if this one accepts it too. */
    private Optional<RecordedAnswer> withOtherTypes(RegistryRequest request, RecordedRequest asked) {
        RecordedRequest plain = asked.without("Accept");
        List<RecordedRequest> others = exchanges.requests().stream()
                .filter(other -> other.without("Accept").equals(plain) && !other.equals(asked))
                .toList();
        for (RecordedRequest other : others) {
            if (exchanges
                    .peek(other)
                    .filter(a -> a.status() >= 400 || Notation.accepts(request, a.headers()))
                    .isPresent()) {
                return exchanges.next(other);
            }
        }
        return Optional.empty();
    }

    private static RecordedAnswer headOf(RecordedAnswer get) {
        long length = get.body() instanceof RecordedBody.Content body
                ? body.size()
                : get.body() instanceof RecordedBody.Text text
                        ? text.text().getBytes(StandardCharsets.UTF_8).length
                        : 0;
        return new RecordedAnswer(
                get.status(), get.headers().with("Content-Length", Long.toString(length)), new RecordedBody.None());
    }

    private RegistryResponse response(RegistryRequest request, RecordedAnswer answer, Headers headers) {
        ResponseBody body = body(answer.body());
        List<String> fields = new ArrayList<>();
        String origin = LocationStyle.ABSOLUTE.origin(request);
        headers.forEach((name, value) -> {
            fields.add(name);
            fields.add(value.replace(Notation.REGISTRY, origin));
        });
        Headers all = Headers.of(fields.toArray(new String[0]));
        boolean bodiless = request.method().equals("HEAD") || answer.status() == 204 || answer.status() == 304;
        return new RegistryResponse(
                answer.status(), bodiless ? all : all.with("Content-Length", Long.toString(body.length())), body);
    }

    private ResponseBody body(RecordedBody body) {
        if (body instanceof RecordedBody.Text text) {
            return ResponseBody.of(text.text().getBytes(StandardCharsets.UTF_8));
        }
        if (body instanceof RecordedBody.Content stored) {
            try {
                return ResponseBody.of(content.open(stored), 0, stored.size());
            } catch (IOException e) {
                throw new RegistryException(
                        500, List.of(new RegistryError(ErrorCode.UNAVAILABLE, "the recording: " + e.getMessage())));
            }
        }
        return ResponseBody.empty();
    }
}
