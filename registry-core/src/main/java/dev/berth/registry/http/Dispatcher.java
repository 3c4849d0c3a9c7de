package dev.berth.registry.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.layer.NotifyingRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hands each request to its endpoint. */
final class Dispatcher implements RegistryHandler {

    private final Registry registry;
    private final HttpOptions options;
    private final Endpoints whole;

    Dispatcher(Registry registry, HttpOptions options) {
        this.registry = registry;
        this.options = options;
        this.whole = new Endpoints(registry, options);
    }

    @Override
    public CompletionStage<RegistryResponse> handle(RegistryRequest request) {
        Route route = request.route();
        if (route instanceof Route.Invalid invalid) {
            throw invalid.problem();
        }
        Optional<Endpoint> endpoint = request.endpoint();
        if (endpoint.isEmpty()) {
            return now(methodNotAllowed(request));
        }
        try {
            return endpoints(request).dispatch(endpoint.get(), request);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Those that everybody works with, or, for a request that is told of or sees the registry in its own way, its own. */
    private Endpoints endpoints(RegistryRequest request) {
        boolean told = registry instanceof NotifyingRegistry notifying && notifying.isHeard();
        if (!told && request.view() == RegistryView.WHOLE) {
            return whole;
        }
        Registry theirs = registry instanceof NotifyingRegistry notifying
                ? notifying.onBehalfOf(Origins.of(request, options.location()))
                : registry;
        return new Endpoints(request.view().of(theirs), options);
    }

    private static CompletionStage<RegistryResponse> now(RegistryResponse response) {
        return CompletableFuture.completedFuture(response);
    }

    private static RegistryResponse base(RegistryRequest request) {
        return Answers.json(request, 200, "{}".getBytes(StandardCharsets.US_ASCII), "application/json", Headers.none());
    }

    private static RegistryResponse methodNotAllowed(RegistryRequest request) {
        String allowed = String.join(", ", Endpoint.methods(request.route()));
        RegistryException refusal = new RegistryException(
                ErrorCode.UNSUPPORTED, request.method() + " does not go with this path: use " + allowed);
        return Failures.refuse(request, refusal).with("Allow", allowed);
    }

    /** The endpoints of one registry. */
    private static final class Endpoints {

        private final BlobEndpoints blobs;
        private final UploadEndpoints uploads;
        private final ManifestEndpoints manifests;
        private final ListEndpoints lists;

        Endpoints(Registry registry, HttpOptions options) {
            Locations locations = new Locations(options.location());
            blobs = new BlobEndpoints(registry);
            uploads = new UploadEndpoints(registry, options, locations);
            manifests = new ManifestEndpoints(registry, options, locations);
            lists = new ListEndpoints(registry, options);
        }

        CompletionStage<RegistryResponse> dispatch(Endpoint endpoint, RegistryRequest request) throws IOException {
            return switch (endpoint) {
                case ROOT -> now(RegistryResponse.of(200, "Cache-Control", "no-cache"));
                case BASE -> now(base(request));
                case CATALOG -> now(lists.catalog(request));
                case TAGS -> now(lists.tags(request, (Route.Tags) request.route()));
                case REFERRERS -> now(lists.referrers(request, (Route.Referrers) request.route()));
                case MANIFEST_HEAD, MANIFEST_GET -> now(manifests.get(request, (Route.Manifest) request.route()));
                case MANIFEST_PUT -> manifests.put(request, (Route.Manifest) request.route());
                case MANIFEST_DELETE -> now(manifests.delete((Route.Manifest) request.route()));
                case BLOB_HEAD, BLOB_GET -> now(blobs.get(request, (Route.Blob) request.route()));
                case BLOB_DELETE -> now(blobs.delete((Route.Blob) request.route()));
                case UPLOAD_BEGIN -> uploads.begin(request, (Route.Uploads) request.route());
                case UPLOAD_STATUS -> now(uploads.status(request, (Route.Upload) request.route()));
                case UPLOAD_APPEND -> uploads.append(request, (Route.Upload) request.route());
                case UPLOAD_COMMIT -> uploads.commit(request, (Route.Upload) request.route());
                case UPLOAD_CANCEL -> now(uploads.cancel((Route.Upload) request.route()));
            };
        }
    }
}
