package dev.berth.registry.image.recording;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.Route;
import dev.berth.registry.recent.RecentlyUsed;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Upload sessions at replay. How a client cuts a blob into pieces is its own affair, so what is recorded of a session is how it
 * is answered, and what blob it came to. The bytes are counted and hashed, and not kept. Safe for use by several threads.
 */
final class ReplayedUploads {

    private static final int MOST = 1000;

    private final RecentlyUsed<Route.Upload, Session> sessions = new RecentlyUsed<>(MOST);

    /** The header fields of an answer that may begin a session. */
    Headers begun(RegistryRequest request, Headers headers) {
        boolean session = headers.first("Location")
                .filter(l -> l.contains(Notation.UPLOAD))
                .isPresent();
        if (!session || request.route().repository().isEmpty()) {
            return headers;
        }
        Route.Upload upload = new Route.Upload(request.route().repository().get(), UploadId.random());
        Session begun = new Session();
        sessions.put(upload, begun);
        return filled(headers, upload.id(), begun);
    }

    /** The header fields of what is answered to a session; empty if nothing is recorded, and nothing is usual. */
    Optional<CompletionStage<Headers>> handle(RegistryRequest request, Optional<RecordedAnswer> answer) {
        Route.Upload upload = (Route.Upload) request.route();
        Session session = sessions.get(upload)
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.BLOB_UPLOAD_UNKNOWN, "there is no upload session " + upload.id()));
        if (answer.isEmpty() && request.method().equals("PUT")) {
            return Optional.empty();
        }
        Headers headers = answer.orElseGet(() -> usual(request)).headers();
        return Optional.of(request.body().drainTo(session::take).thenApply(done -> {
            if (request.method().equals("PUT")) {
                request.query().first("digest").map(Digest::parse).ifPresent(session::require);
            }
            return filled(headers, upload.id(), session);
        }));
    }

    /** What a registry usually answers to a session, for clients that cut their pieces otherwise than the one recorded. */
    static RecordedAnswer usual(RegistryRequest request) {
        String location = new Route.Uploads(request.route().repository().orElseThrow()).path() + Notation.UPLOAD;
        boolean append = request.method().equals("PATCH");
        Headers headers = request.method().equals("DELETE")
                ? Headers.none()
                : Headers.of("Location", location, "Range", Notation.RECEIVED, "Docker-Upload-UUID", Notation.UPLOAD);
        return new RecordedAnswer(append ? 202 : 204, headers, new RecordedBody.None());
    }

    private static Headers filled(Headers headers, UploadId id, Session session) {
        Headers[] filled = {Headers.none()};
        headers.forEach((name, value) -> filled[0] = filled[0].plus(
                name, value.replace(Notation.UPLOAD, id.toString()).replace(Notation.RECEIVED, session.range())));
        return filled[0];
    }

    /** Counts and hashes. */
    private static final class Session {

        private final MessageDigest hash = DigestAlgorithm.SHA256.newHash();
        private long received;

        synchronized void take(ByteBuffer bytes) {
            received += bytes.remaining();
            hash.update(bytes);
        }

        synchronized String range() {
            return "0-" + Math.max(0, received - 1);
        }

        synchronized void require(Digest digest) {
            if (digest.algorithm() != DigestAlgorithm.SHA256) {
                return;
            }
            Digest actual = DigestAlgorithm.SHA256.finish(hash);
            if (!actual.equals(digest)) {
                throw new RegistryException(
                        ErrorCode.DIGEST_INVALID, "the bytes that came have the digest " + actual + ", not " + digest);
            }
        }
    }
}
