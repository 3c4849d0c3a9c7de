package dev.berth.registry.http;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Some of all requests, in words that print themselves: {@code blobGet().in("team/app")}. Faults say by it what they hit, and
 * tests what they ask the journal for. Immutable.
 */
public final class RequestMatch implements Predicate<RegistryRequest> {

    private final String description;
    private final Predicate<RegistryRequest> condition;

    private RequestMatch(String description, Predicate<RegistryRequest> condition) {
        this.description = description;
        this.condition = condition;
    }

    /** Every request. */
    public static RequestMatch anyRequest() {
        return new RequestMatch("any request", request -> true);
    }

    /**
     * Requests to one of these endpoints.
     *
     * @throws IllegalArgumentException if none is given
     */
    public static RequestMatch to(Endpoint... endpoints) {
        if (endpoints.length == 0) {
            throw new IllegalArgumentException("No endpoint is given; for all of them there is anyRequest()");
        }
        Set<Endpoint> wanted = Set.of(endpoints);
        String names = Arrays.stream(endpoints)
                .map(e -> e.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(" or "));
        return new RequestMatch(
                names, request -> request.endpoint().filter(wanted::contains).isPresent());
    }

    /** A manifest that is read. */
    public static RequestMatch manifestGet() {
        return to(Endpoint.MANIFEST_GET);
    }

    /** A manifest that is asked for. */
    public static RequestMatch manifestHead() {
        return to(Endpoint.MANIFEST_HEAD);
    }

    /** A manifest that is pushed. */
    public static RequestMatch manifestPut() {
        return to(Endpoint.MANIFEST_PUT);
    }

    /** A manifest or a tag that is deleted. */
    public static RequestMatch manifestDelete() {
        return to(Endpoint.MANIFEST_DELETE);
    }

    /** A blob that is read. */
    public static RequestMatch blobGet() {
        return to(Endpoint.BLOB_GET);
    }

    /** A blob that is asked for. */
    public static RequestMatch blobHead() {
        return to(Endpoint.BLOB_HEAD);
    }

    /** An upload session that begins, or a blob that is pushed or mounted in one request. */
    public static RequestMatch uploadBegin() {
        return to(Endpoint.UPLOAD_BEGIN);
    }

    /** Bytes that are sent to an upload session. */
    public static RequestMatch uploadAppend() {
        return to(Endpoint.UPLOAD_APPEND);
    }

    /** An upload session that is brought to its end. */
    public static RequestMatch uploadCommit() {
        return to(Endpoint.UPLOAD_COMMIT);
    }

    /** A blob that is mounted from another repository, or meant to be. */
    public static RequestMatch mount() {
        return uploadBegin()
                .where("that mounts", request -> request.query().first("mount").isPresent());
    }

    /** The list of a repository's tags. */
    public static RequestMatch tagsList() {
        return to(Endpoint.TAGS);
    }

    /** The list of what refers to a subject. */
    public static RequestMatch referrers() {
        return to(Endpoint.REFERRERS);
    }

    /** Those of them that are in a repository. */
    public RequestMatch in(RepositoryName repository) {
        return where(
                "in " + repository,
                request ->
                        request.route().repository().filter(repository::equals).isPresent());
    }

    /**
     * Those of them that are in a repository.
     *
     * @throws dev.berth.registry.RegistryException if that is no name of one
     */
    public RequestMatch in(String repository) {
        return in(new RepositoryName(repository));
    }

    /** Those of them for a blob or a manifest of that digest, named in the path or as what an upload comes to. */
    public RequestMatch of(Digest digest) {
        return where("of " + digest, request -> names(request, digest));
    }

    /** Those of them for that tag. */
    public RequestMatch of(Tag tag) {
        return where(
                "of tag " + tag,
                request -> request.route() instanceof Route.Manifest manifest
                        && manifest.reference().equals(tag));
    }

    /** Those of them that are made on behalf of a user. */
    public RequestMatch by(String user) {
        return where("by " + user, request -> request.caller().name().equals(user));
    }

    /**
     * Those of them that meet a condition.
     *
     * @param words how the condition reads behind what is there, as in {@code with a range}
     */
    public RequestMatch where(String words, Predicate<RegistryRequest> also) {
        return new RequestMatch(description + " " + words, condition.and(also));
    }

    private static boolean names(RegistryRequest request, Digest digest) {
        if (request.route() instanceof Route.Blob blob) {
            return blob.digest().equals(digest);
        }
        if (request.route() instanceof Route.Manifest manifest) {
            return manifest.reference().equals(digest);
        }
        if (request.route() instanceof Route.Referrers referrers) {
            return referrers.subject().equals(digest);
        }
        String text = digest.toString();
        return request.query().first("digest").filter(text::equals).isPresent()
                || request.query().first("mount").filter(text::equals).isPresent();
    }

    @Override
    public boolean test(RegistryRequest request) {
        return condition.test(request);
    }

    /** The words. */
    @Override
    public String toString() {
        return description;
    }
}
