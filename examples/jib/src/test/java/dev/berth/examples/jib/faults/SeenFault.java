package dev.berth.examples.jib.faults;

import static dev.berth.registry.http.RequestMatch.blobGet;
import static dev.berth.registry.http.RequestMatch.manifestGet;
import static dev.berth.registry.http.RequestMatch.manifestPut;
import static dev.berth.registry.http.RequestMatch.to;
import static dev.berth.registry.http.RequestMatch.uploadAppend;
import static dev.berth.registry.http.RequestMatch.uploadBegin;
import static dev.berth.registry.http.RequestMatch.uploadCommit;

import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.fault.ActiveFault;
import dev.berth.registry.http.fault.Faults;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A fault, and what each client says of it when it pulls {@code team/base:1.0} or pushes {@code team/app:1.0}: patterns of its
 * message, or {@code ok} with the digest of what it got. Behind it stands how often the fault has hit.
 */
enum SeenFault {
    REFUSAL(
            faults -> faults.on(blobGet()).once().status(503),
            "status 503 .*UNAVAILABLE.* hit 1",
            "ResponseException: 503 Service Unavailable.*UNAVAILABLE.* hit 1",
            "exit 1 .*invalid status code from registry 503 \\(Service Unavailable\\).* hit 1"),
    TOO_MANY_REQUESTS(
            faults -> faults.on(manifestGet()).once().tooManyRequests(Duration.ofSeconds(1)),
            "status 429 Retry-After: 1 .*TOOMANYREQUESTS.* hit 1",
            "ResponseException: 429 Too Many Requests.*you have asked too often.* hit 1",
            // It waits, comes again, and gets what it wants.
            "ok BASE hit 1"),
    PROXY(
            faults -> faults.on(manifestGet()).answer(502, "text/html", "<h1>Bad Gateway</h1>"),
            "status 502 .*<h1>Bad Gateway</h1> hit 1",
            "ResponseException: 502 Bad Gateway.*<h1>Bad Gateway</h1>.* hit 1",
            "exit 1 .*received unexpected HTTP status: 502 Bad Gateway.* hit 1"),
    REDIRECT(
            faults -> faults.on(blobGet()).redirect(URI.create("http://127.0.0.1:1/elsewhere")),
            "ConnectException.* hit 1",
            "Connect to 127.0.0.1:1 .* failed: Connection refused.* hit 1",
            "exit 1 .*http://127.0.0.1:1/elsewhere.*connection refused.* hit 1"),
    DELAY(
            true,
            faults -> faults.on(blobGet()).once().delay(Duration.ofSeconds(60)),
            "HttpTimeoutException: request timed out.* hit 1",
            // It gives up, comes again, and gets what it wants.
            "ok hit 1",
            "exit 1 .*context deadline exceeded.* hit 1"),
    BANDWIDTH(
            true,
            faults -> faults.on(blobGet()).bandwidth(10_000),
            "TimeoutException.* hit 1",
            // It waits from one piece to the next only.
            "ok hit 2",
            "exit 1 .*context deadline exceeded.* hit [12]"),
    BANDWIDTH_OF_PUSH(
            true,
            faults -> faults.on(uploadAppend()).once().bandwidth(1_000),
            "HttpTimeoutException: request timed out.* hit 1",
            "ok hit 1",
            "exit 1 .*context deadline exceeded.* hit 1"),
    STALL(
            true,
            faults -> faults.on(blobGet()).stallAfter(100, Duration.ofSeconds(6)),
            "TimeoutException.* hit 1",
            "SocketTimeoutException: Read timed out.* hit \\d",
            "exit 1 .*context deadline exceeded.* hit \\d"),
    FLIPPED_BYTE(
            faults -> faults.on(blobGet()).flipByte(5000),
            "digest sha256:\\w+ for sha256:\\w+ hit 1",
            "UnexpectedBlobDigestException: The pulled BLOB has digest.*",
            "exit 1 .*Digest did not match, expected sha256:\\w+, got sha256:\\w+.*"),
    RESET_WITHIN_BODY(
            faults -> faults.on(blobGet()).resetAfter(5000),
            "IOException.*Connection reset.* hit 1",
            "SocketException: Connection reset.*",
            "exit 1 .*connection reset by peer.*"),
    TRUNCATION(
            faults -> faults.on(blobGet()).truncate(5000),
            "IOException: .*fixed content-length: \\d+, bytes received: 5000.* hit 1",
            "ConnectionClosedException: Premature end of Content-Length delimited message body.*received: 5,000.*",
            "exit 1 .*unexpected EOF.*"),
    RESET(
            faults -> faults.on(blobGet()).times(2).reset(),
            // It sends a GET again of its own accord, once.
            "IOException.*(Connection reset|HTTP/1.1 header parser received no bytes|EOF reached).* hit 2",
            "ok hit 2",
            "exit 1 .*connection reset by peer.* hit [12]"),
    RESET_OF_UPLOAD(
            faults -> faults.on(to(Endpoint.UPLOAD_APPEND, Endpoint.UPLOAD_COMMIT))
                    .once()
                    .resetUploadAfter(500),
            "IOException.*(Connection reset|Broken pipe|received no bytes|EOF).* hit 1",
            // It sends the same again, to a session that has it already.
            "ResponseException: 400 .*DIGEST_INVALID.*",
            "exit 1 .*(connection reset by peer|broken pipe).* hit 1"),
    DONE_AND_RESET(
            faults -> faults.on(manifestPut()).once().afterwards().reset(),
            "IOException.*(Connection reset|received no bytes|EOF).* hit 1",
            "ok hit 1",
            "exit 1 .*writing manifest: .*connection reset by peer.* hit 1"),
    DONE_AND_REFUSED(
            faults -> faults.on(manifestPut()).once().afterwards().status(500),
            "status 500 .* hit 1",
            "ResponseException: 500 .* hit 1",
            "exit 1 .*writing manifest: .*unexpected HTTP status: 500.* hit 1"),
    WRONG_CONTENT_TYPE(
            faults -> faults.on(manifestGet()).header("Content-Type", "text/html"),
            "ok BASE as text/html hit 1",
            // It reads what the manifest says of itself.
            "ok hit 1",
            "exit 1 .*unsupported schema version 2.* hit 1"),
    WRONG_DIGEST(
            faults -> faults.on(manifestGet()).wrongDigest(),
            "digest BASE for sha256:0{64} hit 1",
            // Neither holds the manifest of a tag against the header field.
            "ok hit 1",
            "ok BASE hit 1"),
    NO_LOCATION(
            faults -> faults.on(uploadBegin()).withoutHeader("Location"),
            "NoSuchElementException.* hit 1",
            "RegistryErrorException: .*Expected 1 'Location' header, but found 0.*",
            "exit 1 .*no Location header in response.*"),
    FORGOTTEN_UPLOAD(
            faults -> faults.on(uploadCommit()).forgetUpload(),
            "status 404 .*BLOB_UPLOAD_UNKNOWN.* hit 1",
            "RegistryErrorException: .*has no upload session.*",
            "exit 1 .*blob upload unknown: the repository has no upload session.*"),
    OTHER_MANIFEST(
            faults -> faults.on(manifestGet()).serve(Pushed.BEFORE.digest()),
            "ok BEFORE as \\S+ hit 1",
            "ok hit 1",
            "ok BEFORE hit 1"),
    STALE_TAG(
            faults -> faults.on(manifestGet()).once().staleTag(),
            "ok BEFORE as \\S+ hit 1",
            "ok hit 1",
            "ok BEFORE hit 1"),
    CUSTOM(
            faults -> faults.on(manifestGet())
                    .filter(
                            "an empty answer",
                            (request, next) -> CompletableFuture.completedFuture(RegistryResponse.of(200))),
            "ok sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 as none hit 1",
            "MismatchedInputException: No content to map.* hit 1",
            "exit 1 .*unexpected end of JSON input.* hit 1");

    private final boolean impatient;
    private final Function<Faults, ActiveFault> begin;
    private final String jdk;
    private final String jib;
    private final String skopeo;

    SeenFault(Function<Faults, ActiveFault> begin, String jdk, String jib, String skopeo) {
        this(false, begin, jdk, jib, skopeo);
    }

    SeenFault(boolean impatient, Function<Faults, ActiveFault> begin, String jdk, String jib, String skopeo) {
        this.impatient = impatient;
        this.begin = begin;
        this.jdk = jdk;
        this.jib = jib;
        this.skopeo = skopeo;
    }

    ActiveFault begin(Faults faults) {
        return begin.apply(faults);
    }

    /** How long a client is to wait, where it would be too long otherwise. */
    Optional<Duration> patience() {
        return impatient ? Optional.of(Duration.ofSeconds(3)) : Optional.empty();
    }

    boolean isOfPush() {
        return switch (this) {
            case BANDWIDTH_OF_PUSH, RESET_OF_UPLOAD, DONE_AND_RESET, DONE_AND_REFUSED, NO_LOCATION, FORGOTTEN_UPLOAD ->
                true;
            default -> false;
        };
    }

    String jdk() {
        return jdk;
    }

    String jib() {
        return jib;
    }

    String skopeo() {
        return skopeo;
    }
}
