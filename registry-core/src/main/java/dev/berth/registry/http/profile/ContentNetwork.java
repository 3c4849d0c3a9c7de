package dev.berth.registry.http.profile;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RegistryView;
import dev.berth.registry.http.Route;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Blobs come from elsewhere: a {@code GET} is answered with 307 and a signed URL of another host, where there is neither login nor
 * any of the registry's header fields, and where an {@code Authorization} is an error, as with stores of objects. The other host
 * is this one under its other name, {@code localhost} for {@code 127.0.0.1} and the other way round. To be put behind what asks for a
 * login: only who may have a blob is given its URL, and whoever has that needs nothing else.
 */
public final class ContentNetwork implements Quirk {

    private static final String PREFIX = "/_content/";

    private final String signature;

    /** A network whose signatures are made up now. */
    public ContentNetwork() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.signature = HexFormat.of().formatHex(random);
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        if (request.target().startsWith(PREFIX)) {
            return content(request, next);
        }
        if (!request.isTo(Endpoint.BLOB_GET)) {
            return next.handle(request);
        }
        // Whether they may have it, and it is there, is for the registry to say.
        return next.handle(request.withRoute("HEAD", request.route()))
                .thenCompose(found -> found.status() == 200
                        ? CompletableFuture.completedFuture(redirect(request))
                        : next.handle(request));
    }

    private RegistryResponse redirect(RegistryRequest request) {
        String location = elsewhere(Quirk.origin(request)) + PREFIX
                + request.route().path().substring(1) + "?signature=" + signature;
        return RegistryResponse.of(307, "Location", location);
    }

    private static String elsewhere(String origin) {
        return origin.contains("//127.0.0.1")
                ? origin.replace("//127.0.0.1", "//localhost")
                : origin.replace("//localhost", "//127.0.0.1");
    }

    private CompletionStage<RegistryResponse> content(RegistryRequest request, RegistryHandler next) {
        if (request.headers().first("Authorization").isPresent()) {
            return Refusal.of(
                    request, 400, ErrorCode.DENIED, "only one kind of authorization is allowed, and the URL is signed");
        }
        int question = request.target().indexOf('?');
        String path = question < 0 ? request.target() : request.target().substring(0, question);
        Route route = Route.parse("/" + path.substring(PREFIX.length()));
        boolean signed =
                request.query().first("signature").filter(signature::equals).isPresent();
        if (!signed || !(route instanceof Route.Blob)) {
            return Refusal.of(request, 403, ErrorCode.DENIED, "the signature does not match");
        }
        return next.handle(permitted(request, route)).thenApply(ContentNetwork::plain);
    }

    /** The request for the blob, seeing all there is: the signature says that it may. */
    private static RegistryRequest permitted(RegistryRequest request, Route blob) {
        return new RegistryRequest(
                request.method(),
                request.target(),
                blob,
                request.query(),
                request.headers(),
                request.body(),
                request.connection(),
                request.caller(),
                RegistryView.WHOLE,
                request.notes());
    }

    private static RegistryResponse plain(RegistryResponse response) {
        Headers headers =
                response.headers().without("Docker-Distribution-Api-Version").without("Docker-Content-Digest");
        return new RegistryResponse(response.status(), headers, response.body());
    }

    @Override
    public String toString() {
        return "blobs from elsewhere";
    }
}
