package dev.berth.registry.http.chaos;

import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.http.Query;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.profile.UploadTerms;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Something that the specification (OCI Distribution Specification 1.1) lets a registry do, and that not every registry does. */
public enum Liberty implements HttpFilter {

    /** {@code Location} is a whole URL ("a path or an absolute URL", section "Pushing blobs"). */
    ABSOLUTE_LOCATION {
        @Override
        RegistryResponse change(RegistryRequest request, RegistryResponse response) {
            return response.headers()
                    .first("Location")
                    .filter(location -> location.startsWith("/"))
                    .map(location -> response.with("Location", LocationStyle.ABSOLUTE.origin(request) + location))
                    .orElse(response);
        }
    },

    /** Each answer from an upload session leads to another URL ("Pushing a blob in chunks": the client has to follow it). */
    MOVING_LOCATION {
        @Override
        RegistryResponse change(RegistryRequest request, RegistryResponse response) {
            boolean session = response.status() == 202;
            return response.headers()
                    .first("Location")
                    .filter(location -> session)
                    .map(location -> response.with(
                            "Location",
                            location + (location.indexOf('?') < 0 ? '?' : '&') + UploadTerms.STATE + "="
                                    + Long.toHexString(System.nanoTime())))
                    .orElse(response);
        }
    },

    /** A mount is an upload session ("Mounting a blob from another repository": 202). */
    MOUNT_AS_UPLOAD {
        @Override
        RegistryRequest change(RegistryRequest request) {
            return request.isTo(Endpoint.UPLOAD_BEGIN)
                    ? request.withQuery(request.query().without("mount").without("from"))
                    : request;
        }
    },

    /** Chunks have a least length, which is told ("Pushing a blob in chunks": {@code OCI-Chunk-Min-Length}). */
    LEAST_CHUNK {
        @Override
        RegistryResponse change(RegistryRequest request, RegistryResponse response) {
            return request.isTo(Endpoint.UPLOAD_BEGIN) && response.status() == 202
                    ? response.with("OCI-Chunk-Min-Length", "65536")
                    : response;
        }
    },

    /** A blob is at another URL ("Pulling blobs": clients should follow redirects). */
    REDIRECTED_BLOB {
        private static final String DONE = "_redirected";

        @Override
        public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
            boolean blob = request.isTo(Endpoint.BLOB_GET);
            if (!blob || request.query().first(DONE).isPresent()) {
                return next.handle(request);
            }
            return next.handle(request.withRoute("HEAD", request.route()))
                    .thenApply(found -> found.status() == 200
                            ? RegistryResponse.of(
                                    307, "Location", request.route().path() + "?" + DONE + "=1")
                            : found);
        }
    },

    /** A page of a list has one entry ("Listing tags": fewer than asked for, and {@code Link}). */
    SMALL_PAGES {
        @Override
        RegistryRequest change(RegistryRequest request) {
            boolean list =
                    request.isTo(Endpoint.TAGS) || request.isTo(Endpoint.CATALOG) || request.isTo(Endpoint.REFERRERS);
            boolean none = request.query().first("n").filter("0"::equals).isPresent();
            return list && !none
                    ? request.withQuery(request.query().without("n").plus("n", "1"))
                    : request;
        }
    },

    /** Referrers come unfiltered ("Listing referrers": a filter need not be applied). */
    UNFILTERED_REFERRERS {
        @Override
        RegistryRequest change(RegistryRequest request) {
            return request.isTo(Endpoint.REFERRERS)
                    ? request.withQuery(request.query().without("artifactType"))
                    : request;
        }
    },

    /** A blob comes whole, whatever part was asked for (RFC 9110, section 14.2: a server may ignore {@code Range}). */
    WHOLE_BLOB {
        @Override
        RegistryRequest change(RegistryRequest request) {
            return request.withHeaders(request.headers().without("Range").without("If-Range"));
        }

        @Override
        RegistryResponse change(RegistryRequest request, RegistryResponse response) {
            return withoutHeaders(response, "Accept-Ranges");
        }
    },

    /** Header fields that a registry need not send are not there. */
    FEWER_HEADERS {
        @Override
        RegistryResponse change(RegistryRequest request, RegistryResponse response) {
            return withoutHeaders(response, "Docker-Distribution-Api-Version", "Docker-Upload-UUID", "ETag");
        }
    },

    /** The registry has something to say ("Warnings"). */
    WARNING {
        @Override
        RegistryResponse change(RegistryRequest request, RegistryResponse response) {
            return response.with("Warning", "299 - \"this registry takes its liberties\"");
        }
    },

    /** Names of header fields are in small letters (RFC 9110, section 5.1: case does not matter). */
    LOWER_CASE_HEADERS {
        @Override
        RegistryResponse change(RegistryRequest request, RegistryResponse response) {
            Headers[] lower = {Headers.none()};
            response.headers().forEach((name, value) -> lower[0] = lower[0].plus(name.toLowerCase(Locale.ROOT), value));
            return new RegistryResponse(response.status(), lower[0], response.body());
        }
    },

    /** What is pulled comes without its digest ("Pulling manifests", "Pulling blobs": {@code Docker-Content-Digest} is recommended). */
    UNNAMED_DIGEST {
        @Override
        RegistryResponse change(RegistryRequest request, RegistryResponse response) {
            boolean read = request.method().equals("GET") || request.method().equals("HEAD");
            return read ? withoutHeaders(response, "Docker-Content-Digest") : response;
        }
    },

    /** A blob that is pushed in one request begins an upload session ("Single POST": 202). */
    SINGLE_POST_AS_UPLOAD {
        @Override
        RegistryRequest change(RegistryRequest request) {
            Query query = request.query();
            Optional<String> digest = query.first("digest").filter(d -> d.indexOf(':') > 0);
            return request.isTo(Endpoint.UPLOAD_BEGIN) && digest.isPresent()
                    ? request.withQuery(query.without("digest")
                            .plus(
                                    "digest-algorithm",
                                    digest.get().substring(0, digest.get().indexOf(':'))))
                    : request;
        }
    };

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        return next.handle(change(request)).thenApply(response -> change(request, response));
    }

    RegistryRequest change(RegistryRequest request) {
        return request;
    }

    RegistryResponse change(RegistryRequest request, RegistryResponse response) {
        return response;
    }

    private static RegistryResponse withoutHeaders(RegistryResponse response, String... names) {
        Headers headers = response.headers();
        for (String name : names) {
            headers = headers.without(name);
        }
        return new RegistryResponse(response.status(), headers, response.body());
    }

    /** In words. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
