package dev.berth.registry.http;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Pulling, pushing and deleting manifests (OCI Distribution Specification, "Pulling manifests", "Pushing Manifests"). */
final class ManifestEndpoints {

    private final Registry registry;
    private final int limit;
    private final Locations locations;

    ManifestEndpoints(Registry registry, HttpOptions options, Locations locations) {
        this.registry = registry;
        this.limit = options.manifestLimit();
        this.locations = locations;
    }

    RegistryResponse get(RegistryRequest request, Route.Manifest route) throws IOException {
        Manifest manifest =
                registry.manifest(route.name(), route.reference()).orElseThrow(() -> unknown(route.reference()));
        AcceptedTypes.of(request).check(manifest);
        String digest = manifest.digest().toString();
        String etag = Conditional.etag(digest);
        if (Conditional.notModified(request, etag)) {
            return Answers.plain(304, "ETag", etag, Answers.CONTENT_DIGEST, digest);
        }
        String[] fields = {
            Answers.API_VERSION,
            Answers.REGISTRY_2,
            "Content-Type",
            manifest.mediaType(),
            "Content-Length",
            Long.toString(manifest.descriptor().size()),
            Answers.CONTENT_DIGEST,
            digest,
            "ETag",
            etag,
            "X-Content-Type-Options",
            "nosniff"
        };
        boolean head = request.method().equals("HEAD");
        return new RegistryResponse(
                200, Headers.owning(fields), head ? ResponseBody.empty() : ResponseBody.of(manifest.content()));
    }

    CompletionStage<RegistryResponse> put(RegistryRequest request, Route.Manifest route) {
        List<Tag> extraTags = request.query().all("tag").stream().map(Tag::new).toList();
        BoundedBytes content = new BoundedBytes(limit);
        content.checkAnnounced(request.body().length());
        return request.body().drainTo(content).thenCompose(done -> {
            try {
                return CompletableFuture.completedFuture(put(request, route, extraTags, content.bytes()));
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    private RegistryResponse put(RegistryRequest request, Route.Manifest route, List<Tag> extraTags, byte[] content)
            throws IOException {
        Optional<Digest> expected = route.reference() instanceof Digest digest ? Optional.of(digest) : Optional.empty();
        DigestAlgorithm algorithm = expected.map(Digest::algorithm).orElse(DigestAlgorithm.SHA256);
        expected.ifPresent(digest -> requireDigest(digest, algorithm.digest(content)));
        Manifest manifest = Manifest.parse(content, request.headers().first("Content-Type"), algorithm);
        registry.putManifest(route.name(), manifest, tags(route.reference(), extraTags));

        Digest digest = manifest.digest();
        String location = locations.of(request, new Route.Manifest(route.name(), digest));
        RegistryResponse response = Answers.plain(201, "Location", location, Answers.CONTENT_DIGEST, digest.toString());
        if (manifest.subject().isPresent()) {
            response = response.with(
                    "OCI-Subject", manifest.subject().get().digest().toString());
        }
        if (!extraTags.isEmpty()) {
            response = response.with(
                    "OCI-Tag",
                    String.join(", ", extraTags.stream().map(Tag::value).toList()));
        }
        return response;
    }

    private static void requireDigest(Digest expected, Digest actual) {
        if (!actual.equals(expected)) {
            throw new RegistryException(
                    ErrorCode.DIGEST_INVALID,
                    "the manifest has the digest " + actual + ", and was pushed as " + expected,
                    Map.of("expected", expected.toString(), "actual", actual.toString()));
        }
    }

    private static List<Tag> tags(Reference reference, List<Tag> extraTags) {
        List<Tag> tags = new ArrayList<>();
        if (reference instanceof Tag tag) {
            tags.add(tag);
        }
        extraTags.stream().filter(tag -> !tags.contains(tag)).forEach(tags::add);
        return tags;
    }

    RegistryResponse delete(Route.Manifest route) throws IOException {
        boolean deleted = route.reference() instanceof Tag tag
                ? registry.deleteTag(route.name(), tag)
                : registry.deleteManifest(route.name(), (Digest) route.reference());
        if (!deleted) {
            throw unknown(route.reference());
        }
        return Answers.plain(202);
    }

    private static RegistryException unknown(Reference reference) {
        String what = reference instanceof Tag ? "tag" : "manifest";
        return new RegistryException(
                404,
                List.of(new RegistryError(
                        ErrorCode.MANIFEST_UNKNOWN,
                        "the repository has no " + what + " " + reference,
                        Map.of(reference instanceof Tag ? "tag" : "digest", reference.toString()))));
    }
}
