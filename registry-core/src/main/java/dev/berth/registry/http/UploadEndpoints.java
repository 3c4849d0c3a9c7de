package dev.berth.registry.http;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Pushing blobs: whole, in chunks, streamed, or mounted (OCI Distribution Specification, "Pushing blobs"). */
final class UploadEndpoints {

    private final Registry registry;
    private final long limit;
    private final Locations locations;

    UploadEndpoints(Registry registry, HttpOptions options, Locations locations) {
        this.registry = registry;
        this.limit = options.blobLimit();
        this.locations = locations;
    }

    CompletionStage<RegistryResponse> begin(RegistryRequest request, Route.Uploads route) throws IOException {
        Query query = request.query();
        Optional<Digest> mount = query.first("mount").map(Digest::parse);
        if (mount.isPresent()) {
            Optional<RepositoryName> from = query.first("from").map(RepositoryName::new);
            Optional<Blob> mounted = registry.mountBlob(route.name(), mount.get(), from);
            if (mounted.isPresent()) {
                return now(created(request, route.name(), mounted.get().descriptor()));
            }
        }
        Optional<Digest> digest = query.first("digest").map(Digest::parse);
        DigestAlgorithm algorithm = digest.or(() -> mount)
                .map(Digest::algorithm)
                .or(() -> query.first("digest-algorithm").map(DigestAlgorithm::of))
                .orElse(DigestAlgorithm.SHA256);
        if (digest.isEmpty() || !bringsBlob(request, digest.get())) {
            BlobUpload upload = registry.beginUpload(route.name(), algorithm);
            return now(progress(request, route.name(), upload, 202, 0));
        }
        checkAnnounced(request.body().length(), 0);
        BlobUpload upload = registry.beginUpload(route.name(), algorithm);
        return receive(request, upload, Optional.empty())
                .thenCompose(done -> commit(request, route.name(), upload, digest.get()))
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        cancelQuietly(upload, failure);
                    }
                });
    }

    /** Some clients name the digest at the start and send the blob later: a body that is not there is not an empty blob. */
    private static boolean bringsBlob(RegistryRequest request, Digest digest) {
        boolean empty = request.body().length().equals(OptionalLong.of(0));
        return !empty || digest.equals(digest.algorithm().digest(new byte[0]));
    }

    RegistryResponse status(RegistryRequest request, Route.Upload route) throws IOException {
        BlobUpload upload = find(route);
        return progress(request, route.name(), upload, 204, upload.size());
    }

    CompletionStage<RegistryResponse> append(RegistryRequest request, Route.Upload route) throws IOException {
        BlobUpload upload = find(route);
        Optional<ContentRange> range = ContentRange.of(request);
        CompletionStage<Void> received;
        try {
            received = receive(request, upload, range);
        } catch (RegistryException e) {
            return now(refuse(request, route.name(), upload, e));
        }
        return received.thenCompose(done -> {
            try {
                return now(progress(request, route.name(), upload, 202, upload.size()));
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    CompletionStage<RegistryResponse> commit(RegistryRequest request, Route.Upload route) throws IOException {
        BlobUpload upload = find(route);
        Digest digest = request.query()
                .first("digest")
                .map(Digest::parse)
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.DIGEST_INVALID, "closing an upload takes the blob's digest: add ?digest=sha256:…"));
        Optional<ContentRange> range = ContentRange.of(request);
        if (request.body().length().equals(OptionalLong.of(0)) && range.isEmpty()) {
            return commit(request, route.name(), upload, digest);
        }
        CompletionStage<Void> received;
        try {
            received = receive(request, upload, range);
        } catch (RegistryException e) {
            return now(refuse(request, route.name(), upload, e));
        }
        return received.thenCompose(done -> commit(request, route.name(), upload, digest));
    }

    RegistryResponse cancel(Route.Upload route) throws IOException {
        find(route).cancel();
        return Answers.plain(204);
    }

    private BlobUpload find(Route.Upload route) throws IOException {
        return registry.resumeUpload(route.name(), route.id())
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.BLOB_UPLOAD_UNKNOWN,
                        "the repository has no upload session " + route.id()
                                + ": it has ended, was cancelled or has expired; begin a new one",
                        Map.of("upload", route.id().value())));
    }

    /**
     * Adds the request's body to an upload. What has been received stays, also when the client goes away.
     *
     * @throws RegistryException before anything is read, if the body does not go where the upload stands
     */
    private CompletionStage<Void> receive(RegistryRequest request, BlobUpload upload, Optional<ContentRange> range)
            throws IOException {
        BlobWriter writer = upload.append(request.body().length());
        UploadSink sink;
        try {
            long offset = upload.size();
            range.ifPresent(r -> r.checkStart(offset));
            OptionalLong announced = request.body().length();
            range.ifPresent(r -> r.checkLength(announced));
            checkAnnounced(announced, offset);
            sink = new UploadSink(writer, range.map(ContentRange::length), limit - offset);
        } catch (RegistryException | IOException e) {
            writer.close();
            throw e;
        }
        return request.body().drainTo(sink).handle((done, failure) -> {
            closeAfter(writer, failure);
            sink.checkComplete();
            return done;
        });
    }

    private static void closeAfter(BlobWriter writer, Throwable failure) {
        try {
            writer.close();
        } catch (IOException e) {
            if (failure == null) {
                throw new CompletionException(e);
            }
            failure.addSuppressed(e);
        }
        if (failure != null) {
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
        }
    }

    private void checkAnnounced(OptionalLong announced, long offset) {
        if (announced.orElse(0) > limit - offset) {
            throw UploadSink.tooLarge(limit);
        }
    }

    private CompletionStage<RegistryResponse> commit(
            RegistryRequest request, RepositoryName repository, BlobUpload upload, Digest digest) {
        try {
            return now(created(request, repository, upload.commit(digest)));
        } catch (IOException | RegistryException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private RegistryResponse created(RegistryRequest request, RepositoryName repository, Descriptor blob) {
        return Answers.plain(
                201,
                "Location",
                locations.of(request, new Route.Blob(repository, blob.digest())),
                Answers.CONTENT_DIGEST,
                blob.digest().toString());
    }

    private RegistryResponse progress(
            RegistryRequest request, RepositoryName repository, BlobUpload upload, int status, long size) {
        return Answers.plain(status, fields(request, repository, upload, size));
    }

    /** A refusal that tells where the upload stands, so that the client can go on from there. */
    private RegistryResponse refuse(
            RegistryRequest request, RepositoryName repository, BlobUpload upload, RegistryException refusal)
            throws IOException {
        RegistryResponse response = Failures.refuse(request, refusal);
        if (refusal.code() != ErrorCode.RANGE_INVALID) {
            return response;
        }
        Headers headers = response.headers().plusAll(Headers.of(fields(request, repository, upload, upload.size())));
        return new RegistryResponse(response.status(), headers, response.body());
    }

    /** Both protocols write the range as inclusive, so that an empty upload looks like one of a single byte; clients know. */
    private String[] fields(RegistryRequest request, RepositoryName repository, BlobUpload upload, long size) {
        return new String[] {
            "Location",
            locations.of(request, new Route.Upload(repository, upload.id())),
            "Range",
            "0-" + Math.max(0, size - 1),
            Answers.UPLOAD_UUID,
            upload.id().value()
        };
    }

    private static void cancelQuietly(BlobUpload upload, Throwable failure) {
        try {
            upload.cancel();
        } catch (IOException | RegistryException e) {
            failure.addSuppressed(e);
        }
    }

    private static CompletionStage<RegistryResponse> now(RegistryResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
