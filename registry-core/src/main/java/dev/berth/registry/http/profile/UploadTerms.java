package dev.berth.registry.http.profile;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.Query;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.Route;
import dev.berth.registry.recent.RecentlyUsed;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds clients to what they were told of an upload session: to the least length of a chunk, if they were told of one in {@code
 * OCI-Chunk-Min-Length}, and to the {@code Location} told last, if that has a {@link #STATE}. Who asks where a session stands may do
 * so at each of its URLs, as the specification has it ("Pushing a blob in chunks"), and is told the one to go on with. Remembers the
 * sessions that were used last. Safe for use by several threads.
 */
public final class UploadTerms implements HttpFilter {

    /** The parameter that tells one URL of a session from another: {@value}. */
    public static final String STATE = "_state";

    private static final int MOST = 1000;

    private final RecentlyUsed<String, Terms> sessions = new RecentlyUsed<>(MOST);

    /** No session is known yet. */
    public UploadTerms() {}

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        Optional<Endpoint> endpoint = request.endpoint();
        if (endpoint.isEmpty()) {
            return next.handle(request);
        }
        return switch (endpoint.get()) {
            case UPLOAD_BEGIN, UPLOAD_STATUS -> observed(request, next);
            case UPLOAD_APPEND, UPLOAD_COMMIT -> refusal(request).orElseGet(() -> observed(request, next));
            default -> next.handle(request);
        };
    }

    private CompletionStage<RegistryResponse> observed(RegistryRequest request, RegistryHandler next) {
        AtomicLong received = new AtomicLong();
        RequestBody body = RequestBody.watched(request.body(), received::addAndGet);
        return next.handle(request.withBody(body)).thenApply(response -> {
            see(request, response, received.get());
            return response;
        });
    }

    private void see(RegistryRequest request, RegistryResponse response, long received) {
        response.headers()
                .first("Location")
                .flatMap(Location::ofSession)
                .ifPresent(told -> sessions.update(told.path(), Terms.NONE, before -> {
                    Terms terms = before.at(told.state());
                    if (request.route() instanceof Route.Uploads) {
                        return terms.least(response.headers().first("OCI-Chunk-Min-Length"));
                    }
                    boolean taken = request.method().equals("PATCH") && response.status() < 300;
                    return taken ? terms.after(received) : terms;
                }));
    }

    private Optional<CompletionStage<RegistryResponse>> refusal(RegistryRequest request) {
        Terms terms = sessions.get(request.route().path()).orElse(Terms.NONE);
        if (terms.state().isPresent() && !terms.state().equals(request.query().first(STATE))) {
            return Optional.of(Refusal.of(
                    request,
                    404,
                    ErrorCode.BLOB_UPLOAD_UNKNOWN,
                    "the upload session has moved: it goes on at the Location that was told last"));
        }
        boolean more = request.body().length().orElse(request.method().equals("PATCH") ? 1 : 0) > 0;
        return more && terms.chunk().filter(length -> length < terms.least()).isPresent()
                ? Optional.of(Refusal.of(
                        request,
                        400,
                        ErrorCode.BLOB_UPLOAD_INVALID,
                        "the chunk before this one has " + terms.chunk().get()
                                + " bytes, and none but the last may have fewer than " + terms.least()
                                + ", as OCI-Chunk-Min-Length said"))
                : Optional.empty();
    }

    /**
     * What holds for a session.
     *
     * @param state of the URL told last
     * @param least how many bytes a chunk has that is not the last; 0 for any number
     * @param chunk how many the last one had
     */
    private record Terms(Optional<String> state, long least, Optional<Long> chunk) {

        static final Terms NONE = new Terms(Optional.empty(), 0, Optional.empty());

        Terms at(Optional<String> newState) {
            return new Terms(newState, least, chunk);
        }

        Terms least(Optional<String> told) {
            return new Terms(state, told.map(Long::parseLong).orElse(0L), chunk);
        }

        Terms after(long length) {
            return new Terms(state, least, Optional.of(length));
        }
    }

    /** Where a session is said to be. */
    private record Location(String path, Optional<String> state) {

        static Optional<Location> ofSession(String location) {
            int scheme = location.indexOf("://");
            String target = scheme < 0 ? location : location.substring(location.indexOf('/', scheme + 3));
            int question = target.indexOf('?');
            String path = question < 0 ? target : target.substring(0, question);
            Query query = question < 0 ? Query.empty() : Query.parse(target.substring(question + 1));
            return path.contains("/blobs/uploads/")
                    ? Optional.of(new Location(path, query.first(STATE)))
                    : Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "upload sessions as they were told";
    }
}
