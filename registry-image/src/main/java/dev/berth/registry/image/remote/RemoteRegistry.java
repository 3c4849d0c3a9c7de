package dev.berth.registry.image.remote;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Page;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry elsewhere, by the OCI Distribution Specification. Its decisions are {@link RegistryException}s as those of a
 * registry in this process are; answers of 500 and above, and what comes of the network, are {@link IOException}s. Nothing is
 * tried a second time but what was refused for want of a password or token.
 *
 * <p>A tag elsewhere cannot be held still, so that a {@link TagWatch} other than none is refused. Upload sessions are found
 * again by the object that began them alone. Blobs are not held against their digests: {@code Image} does that.
 *
 * <p>Safe for use by several threads; there is nothing to close.
 */
public final class RemoteRegistry implements Registry {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String ACCEPT = String.join(
            ", ",
            MediaTypes.OCI_MANIFEST,
            MediaTypes.OCI_INDEX,
            MediaTypes.DOCKER_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST,
            "*/*;q=0.1");

    private final URI base;
    private final RemoteClient client;
    private final RemoteLists lists;
    private final Map<String, RemoteUpload> uploads = new ConcurrentHashMap<>();

    private RemoteRegistry(URI base, RemoteClient client) {
        this.base = base;
        this.client = client;
        lists = new RemoteLists(client);
    }

    /** A registry that is asked by nobody in particular; else as {@link #at(URI, Credentials)}. */
    public static RemoteRegistry at(URI base) {
        return at(base, Credentials.none());
    }

    /**
     * A registry, which is given a minute for the beginning of each answer.
     *
     * @param base {@code http} or {@code https}, host and port
     * @throws IllegalArgumentException if it is anything else
     */
    public static RemoteRegistry at(URI base, Credentials credentials) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return at(base, credentials, http, TIMEOUT);
    }

    /**
     * A registry.
     *
     * @param http with its own trust in certificates; must not follow redirects, which this does, without telling others who asks
     * @param timeout for the beginning of each answer
     * @throws IllegalArgumentException if {@code base} is not http or https with a host, or {@code http} follows redirects
     */
    public static RemoteRegistry at(URI base, Credentials credentials, HttpClient http, Duration timeout) {
        requireReachable(base, http);
        return new RemoteRegistry(base, new RemoteClient(base, new Exchanges(http, timeout), credentials));
    }

    static void requireReachable(URI base, HttpClient http) {
        boolean known = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
        if (!known || base.getHost() == null) {
            throw new IllegalArgumentException(
                    "A registry is at a URL such as https://registry.example.com, and " + base + " is not like that");
        }
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "The HTTP client must not follow redirects itself: it would send them the"
                            + " registry's password");
        }
    }

    @Override
    public Optional<Blob> blob(RepositoryName repository, Digest digest) throws IOException {
        HttpResponse<InputStream> response =
                request("HEAD", repository, "/blobs/" + digest).send();
        if (!found(response)) {
            return Optional.empty();
        }
        OptionalLong size = response.headers().firstValueAsLong("Content-Length");
        response.body().close();
        if (size.isEmpty()) {
            throw new IOException("The registry does not say how many bytes " + digest + " has");
        }
        Descriptor descriptor = new Descriptor(MediaTypes.OCTET_STREAM, digest, size.getAsLong());
        return Optional.of(new RemoteBlob(client, repository.value(), descriptor));
    }

    @Override
    public boolean deleteBlob(RepositoryName repository, Digest digest) throws IOException {
        return delete(repository, "/blobs/" + digest);
    }

    @Override
    public Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
            throws IOException {
        String origin = from.map(name -> "&from=" + URLEncoder.encode(name.value(), StandardCharsets.UTF_8))
                .orElse("");
        HttpResponse<InputStream> response = request("POST", repository, "/blobs/uploads/?mount=" + digest + origin)
                .about(repository.value() + " from "
                        + from.map(RepositoryName::value).orElse(""))
                .send();
        if (response.statusCode() == 202) {
            // No mount, but a session for uploading: not wanted here.
            session(repository, response).cancel();
            return Optional.empty();
        }
        if (response.statusCode() != 201) {
            throw RemoteClient.refusal(response);
        }
        response.body().close();
        return blob(repository, digest);
    }

    @Override
    public BlobUpload beginUpload(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
        String hint = algorithm == DigestAlgorithm.SHA256 ? "" : "?digest-algorithm=" + algorithm.id();
        HttpResponse<InputStream> response =
                request("POST", repository, "/blobs/uploads/" + hint).send();
        if (response.statusCode() != 202) {
            throw RemoteClient.refusal(response);
        }
        return session(repository, response);
    }

    private RemoteUpload session(RepositoryName repository, HttpResponse<InputStream> response) throws IOException {
        response.body().close();
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("The registry began an upload and does not say where"));
        UploadId id = UploadId.random();
        String key = repository + "@" + id;
        long leastPiece = response.headers()
                .firstValue("OCI-Chunk-Min-Length")
                .filter(length -> length.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        RemoteUpload upload = new RemoteUpload(
                client, repository.value(), id, location, leastPiece, Instant.now(), () -> uploads.remove(key));
        uploads.put(key, upload);
        return upload;
    }

    @Override
    public Optional<BlobUpload> resumeUpload(RepositoryName repository, UploadId id) {
        return Optional.ofNullable(uploads.get(repository + "@" + id));
    }

    @Override
    public Optional<Manifest> manifest(RepositoryName repository, Reference reference) throws IOException {
        HttpResponse<InputStream> response = request("GET", repository, "/manifests/" + reference)
                .header("Accept", ACCEPT)
                .send();
        if (!found(response)) {
            return Optional.empty();
        }
        byte[] content = RemoteLists.body(response);
        Digest claimed = claimed(reference, response, content);
        Digest actual = claimed.algorithm().digest(content);
        if (!actual.equals(claimed)) {
            throw new IOException(
                    "The registry answered with other bytes than those of " + claimed + ": their digest is " + actual);
        }
        return Optional.of(Manifest.of(content, response.headers().firstValue("Content-Type"), claimed));
    }

    private static Digest claimed(Reference reference, HttpResponse<?> response, byte[] content) {
        if (reference instanceof Digest digest) {
            return digest;
        }
        return response.headers()
                .firstValue("Docker-Content-Digest")
                .map(Digest::parse)
                .orElseGet(() -> Digest.of(content));
    }

    @Override
    public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch)
            throws IOException {
        requireNone(watch);
        if (tags.isEmpty()) {
            put(repository, manifest, manifest.digest());
        }
        for (Tag tag : tags) {
            put(repository, manifest, tag);
        }
    }

    private void put(RepositoryName repository, Manifest manifest, Reference reference) throws IOException {
        ByteBuffer content = manifest.content();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        HttpResponse<InputStream> response = request("PUT", repository, "/manifests/" + reference)
                .header("Content-Type", manifest.mediaType())
                .body(bytes, bytes.length)
                .send();
        if (response.statusCode() != 201) {
            throw RemoteClient.refusal(response);
        }
        response.body().close();
    }

    @Override
    public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
        requireNone(watch);
        return delete(repository, "/manifests/" + digest);
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
        requireNone(watch);
        return delete(repository, "/manifests/" + tag);
    }

    private static void requireNone(TagWatch watch) {
        if (!watch.equals(TagWatch.none())) {
            throw new RegistryException(
                    ErrorCode.UNSUPPORTED,
                    "the tags of a registry elsewhere cannot be watched: ask it without a watch");
        }
    }

    private boolean delete(RepositoryName repository, String path) throws IOException {
        HttpResponse<InputStream> response = request("DELETE", repository, path).send();
        int status = response.statusCode();
        if (status != 404 && (status < 200 || status > 299)) {
            throw RemoteClient.refusal(response);
        }
        response.body().close();
        return status != 404;
    }

    @Override
    public Page<RepositoryName> repositories(Optional<String> after, int limit) throws IOException {
        Page<String> names = lists.names("/v2/_catalog", "", "repositories", after, limit)
                .orElseThrow(() ->
                        new RegistryException(ErrorCode.UNSUPPORTED, "the registry does not list its repositories"));
        return new Page<>(names.items().stream().map(RepositoryName::new).toList(), names.more());
    }

    @Override
    public Optional<Page<Tag>> tags(RepositoryName repository, Optional<String> after, int limit) throws IOException {
        return lists.names("/v2/" + repository + "/tags/list", repository.value(), "tags", after, limit)
                .map(names -> new Page<>(names.items().stream().map(Tag::new).toList(), names.more()));
    }

    @Override
    public Page<Descriptor> referrers(
            RepositoryName repository, Digest subject, Optional<String> artifactType, Optional<Digest> after, int limit)
            throws IOException {
        return new RemoteReferrers(client).list(repository.value(), subject, artifactType, after, limit);
    }

    private RemoteClient.Request request(String method, RepositoryName repository, String path) throws IOException {
        return client.request(method, "/v2/" + repository + path).about(repository.value());
    }

    /** Whether an answer is 200; 404 is no, and anything else is thrown. */
    private static boolean found(HttpResponse<InputStream> response) throws IOException {
        if (response.statusCode() == 404) {
            response.body().close();
            return false;
        }
        if (response.statusCode() != 200) {
            throw RemoteClient.refusal(response);
        }
        return true;
    }

    @Override
    public String toString() {
        return "RemoteRegistry[" + base.getScheme() + "://" + base.getAuthority() + "]";
    }
}
