package dev.berth.registry.http;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Pulling and deleting blobs (OCI Distribution Specification, "Pulling blobs", "Deleting Blobs"). */
final class BlobEndpoints {

    private static final String ONE_YEAR = "max-age=31536000";

    private final Registry registry;

    BlobEndpoints(Registry registry) {
        this.registry = registry;
    }

    RegistryResponse get(RegistryRequest request, Route.Blob route) throws IOException {
        Blob blob = registry.blob(route.name(), route.digest()).orElseThrow(() -> unknown(route.digest()));
        String digest = blob.descriptor().digest().toString();
        long size = blob.descriptor().size();
        String etag = Conditional.etag(digest);
        if (Conditional.notModified(request, etag)) {
            return Answers.plain(304, "ETag", etag, "Cache-Control", ONE_YEAR, Answers.CONTENT_DIGEST, digest);
        }
        boolean head = request.method().equals("HEAD");
        Optional<ByteRange> range = head ? Optional.empty() : ByteRange.requested(request, etag, size);
        if (range.isPresent() && !range.get().satisfiable()) {
            return Failures.refuse(
                            request,
                            new RegistryException(
                                    ErrorCode.RANGE_INVALID,
                                    "the blob has " + size + " bytes, and the range asked for is outside"))
                    .with("Content-Range", "bytes */" + size);
        }
        ByteRange part = range.orElse(ByteRange.all(size));
        Headers headers = Headers.of(
                Answers.API_VERSION,
                Answers.REGISTRY_2,
                "Content-Type",
                MediaTypes.OCTET_STREAM,
                "Content-Length",
                Long.toString(part.length()),
                Answers.CONTENT_DIGEST,
                digest,
                "ETag",
                etag,
                "Cache-Control",
                ONE_YEAR,
                "Accept-Ranges",
                "bytes",
                "X-Content-Type-Options",
                "nosniff");
        if (range.isPresent()) {
            headers = headers.plus("Content-Range", part.contentRange(size));
        }
        int status = range.isPresent() ? 206 : 200;
        return new RegistryResponse(status, headers, head ? ResponseBody.empty() : body(blob, part));
    }

    private static ResponseBody body(Blob blob, ByteRange part) throws IOException {
        BlobContent content = blob.open();
        return ResponseBody.of(content, part.first(), part.length());
    }

    RegistryResponse delete(Route.Blob route) throws IOException {
        if (!registry.deleteBlob(route.name(), route.digest())) {
            throw unknown(route.digest());
        }
        return Answers.plain(202, Answers.CONTENT_DIGEST, route.digest().toString());
    }

    private static RegistryException unknown(Digest digest) {
        return new RegistryException(
                ErrorCode.BLOB_UNKNOWN, "the repository has no blob " + digest, Map.of("digest", digest.toString()));
    }
}
