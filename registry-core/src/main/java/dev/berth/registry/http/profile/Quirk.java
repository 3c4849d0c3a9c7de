package dev.berth.registry.http.profile;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.http.Query;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.Route;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One way in which a registry differs from what a client might expect. Each prints itself. */
public sealed interface Quirk extends HttpFilter
        permits Quirk.Missing,
                Quirk.NoReferrers,
                Quirk.NoRanges,
                Quirk.NoMounts,
                Quirk.NoDigestOfTags,
                Quirk.AppendedCreated,
                Quirk.SmallPages,
                Quirk.KnownRepositories,
                Quirk.Namespaces,
                LeastChunk,
                PullLimit,
                ContentNetwork {

    /** The request goes on, if it does, to {@code next}; the answer comes back through here. */
    @Override
    CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next);

    /**
     * Some endpoints are not there.
     *
     * @param endpoints which
     * @param status what they are answered with
     */
    record Missing(Set<Endpoint> endpoints, int status) implements Quirk {

        public Missing {
            endpoints = Set.copyOf(endpoints);
        }

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return request.endpoint().filter(endpoints::contains).isPresent()
                    ? Refusal.of(request, status, ErrorCode.UNSUPPORTED, "this registry does not do that")
                    : next.handle(request);
        }

        @Override
        public String toString() {
            return "no " + endpoints.stream().map(Endpoint::name).sorted().toList() + ": " + status;
        }
    }

    /** There is no list of referrers: it answers 404, and a push says nothing of a subject, so that clients keep the list in a tag. */
    record NoReferrers() implements Quirk {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            if (request.isTo(Endpoint.REFERRERS)) {
                return Refusal.of(request, 404, ErrorCode.UNSUPPORTED, "there is no such page");
            }
            return next.handle(request).thenApply(r -> without(r, "OCI-Subject"));
        }

        @Override
        public String toString() {
            return "no referrers";
        }
    }

    /** A blob is sent whole, whatever part of it is asked for. */
    record NoRanges() implements Quirk {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            RegistryRequest whole =
                    request.withHeaders(request.headers().without("Range").without("If-Range"));
            return next.handle(whole).thenApply(r -> without(r, "Accept-Ranges"));
        }

        @Override
        public String toString() {
            return "no ranges";
        }
    }

    /** A mount is an upload session. */
    record NoMounts() implements Quirk {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            Query query = request.query();
            return next.handle(
                    request.isTo(Endpoint.UPLOAD_BEGIN)
                            ? request.withQuery(query.without("mount").without("from"))
                            : request);
        }

        @Override
        public String toString() {
            return "no mounts";
        }
    }

    /** A manifest that is asked for by tag comes without its digest. */
    record NoDigestOfTags() implements Quirk {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            boolean byTag = request.isTo(Endpoint.MANIFEST_GET)
                    && request.route() instanceof Route.Manifest manifest
                    && manifest.reference() instanceof Tag;
            return byTag
                    ? next.handle(request).thenApply(r -> without(r, "Docker-Content-Digest"))
                    : next.handle(request);
        }

        @Override
        public String toString() {
            return "no digest when asked by tag";
        }
    }

    /** Bytes that are sent to an upload session are answered with 201, where the specification has 202. */
    record AppendedCreated() implements Quirk {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            return next.handle(request)
                    .thenApply(r -> request.isTo(Endpoint.UPLOAD_APPEND) && r.status() == 202
                            ? new RegistryResponse(201, r.headers(), r.body())
                            : r);
        }

        @Override
        public String toString() {
            return "201 for PATCH";
        }
    }

    /**
     * A page of a list is short.
     *
     * @param entries the most in one
     */
    record SmallPages(int entries) implements Quirk {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            boolean list = request.isTo(Endpoint.TAGS) || request.isTo(Endpoint.CATALOG);
            return next.handle(list ? request.withQuery(cut(request.query())) : request);
        }

        private Query cut(Query query) {
            boolean fewer = query.first("n").filter(this::isFewer).isPresent();
            return fewer ? query : query.without("n").plus("n", Integer.toString(entries));
        }

        private boolean isFewer(String n) {
            return n.matches("[0-9]{1,9}") && Integer.parseInt(n) <= entries;
        }

        @Override
        public String toString() {
            return "pages of " + entries;
        }
    }

    /**
     * A repository has to be made, by other means, before anything is pushed to it.
     *
     * @param names those that were
     */
    record KnownRepositories(Set<RepositoryName> names) implements Quirk {

        public KnownRepositories {
            names = Set.copyOf(names);
        }

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            boolean unknown = request.route()
                    .repository()
                    .filter(name -> !names.contains(name))
                    .isPresent();
            return unknown
                    ? Refusal.of(
                            request,
                            404,
                            ErrorCode.NAME_UNKNOWN,
                            "the repository does not exist: it has to be made first")
                    : next.handle(request);
        }

        @Override
        public String toString() {
            return "repositories " + names + " alone";
        }
    }

    /** A repository is in a namespace: its name has two components, and what a person calls {@code alpine} is {@code library/alpine}. */
    record Namespaces() implements Quirk {

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            boolean bare = request.route()
                    .repository()
                    .filter(name -> name.value().indexOf('/') < 0)
                    .isPresent();
            return bare
                    ? Refusal.of(request, 401, ErrorCode.UNAUTHORIZED, "authentication required")
                    : next.handle(request);
        }

        @Override
        public String toString() {
            return "names of two components";
        }
    }

    private static RegistryResponse without(RegistryResponse response, String header) {
        Headers headers = response.headers().without(header);
        return new RegistryResponse(response.status(), headers, response.body());
    }

    /** Where the registry is, as the client calls it. */
    static String origin(RegistryRequest request) {
        return LocationStyle.ABSOLUTE.origin(request);
    }
}
