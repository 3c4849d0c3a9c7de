package dev.berth.registry.image.remote;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.http.Query;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.Route;
import dev.berth.registry.recent.RecentlyUsed;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a registry elsewhere calls its upload sessions and pages, and what they are called here: its own names may be of any form
 * and hold what is nobody's business. Safe for use by several threads.
 */
final class RemoteNames {

    private static final int MOST = 10_000;
    private static final String PAGE = "page";
    private static final Set<String> OF_CONNECTION = Set.of(
            ":status",
            "connection",
            "content-length",
            "date",
            "keep-alive",
            "proxy-authenticate",
            "server",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final RecentlyUsed<String, String> elsewhere = new RecentlyUsed<>(MOST);

    /** Where a request is to be sent, as a path or a URL with its query. */
    String elsewhere(RegistryRequest request) {
        String path = request.route().path();
        if (request.route() instanceof Route.Upload upload) {
            String location = elsewhere
                    .get(path)
                    .orElseThrow(() -> new RegistryException(
                            ErrorCode.BLOB_UPLOAD_UNKNOWN, "there is no upload session " + upload.id()));
            String query = request.query().toString();
            return location.indexOf('?') < 0 || query.isEmpty()
                    ? location + query
                    : location + '&' + query.substring(1);
        }
        if (request.query().first(PAGE).isPresent()) {
            return elsewhere
                    .get(path + request.query())
                    .orElseThrow(() ->
                            new RegistryException(ErrorCode.UNSUPPORTED, "this page was not named by one before it"));
        }
        return path + request.query();
    }

    /** The header fields of an answer, as of this server. */
    Headers here(RegistryRequest request, HttpResponse<?> response) {
        Headers headers = Headers.none();
        Optional<UploadId> session = session(request, response);
        for (Map.Entry<String, java.util.List<String>> field :
                response.headers().map().entrySet()) {
            for (String value : field.getValue()) {
                headers = headers.plusAll(here(request, response, field.getKey(), value, session));
            }
        }
        return headers;
    }

    private Headers here(
            RegistryRequest request, HttpResponse<?> response, String name, String value, Optional<UploadId> session) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "location" -> location(request, response, value, session);
            case "link" -> Headers.of(name, link(request, response, value));
            case "docker-upload-uuid" ->
                session.map(id -> Headers.of(name, id.toString())).orElse(Headers.none());
            case "www-authenticate" -> Headers.of(name, "Basic realm=\"registry\"");
            default -> OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT)) ? Headers.none() : Headers.of(name, value);
        };
    }

    /** The session that goes on after an answer. */
    private static Optional<UploadId> session(RegistryRequest request, HttpResponse<?> response) {
        if (request.route() instanceof Route.Upload upload) {
            return Optional.of(upload.id());
        }
        return request.route() instanceof Route.Uploads && response.statusCode() == 202
                ? Optional.of(UploadId.random())
                : Optional.empty();
    }

    private Headers location(
            RegistryRequest request, HttpResponse<?> response, String value, Optional<UploadId> session) {
        URI location;
        try {
            location = response.request().uri().resolve(value);
        } catch (IllegalArgumentException e) {
            return Headers.none();
        }
        Route route;
        boolean goesOn = session.isPresent() && !(request.method().equals("PUT") && response.statusCode() == 201);
        if (goesOn) {
            route = new Route.Upload(request.route().repository().orElseThrow(), session.orElseThrow());
            elsewhere.put(route.path(), location.toASCIIString());
        } else {
            route = Route.parse(location.getRawPath());
        }
        if (route instanceof Route.Invalid) {
            return Headers.none();
        }
        boolean absolute = value.matches("(?i)https?://.*");
        return Headers.of("Location", (absolute ? LocationStyle.ABSOLUTE.origin(request) : "") + route.path());
    }

    /** The next page by the usual parameters, or by its number where the registry has others. */
    private String link(RegistryRequest request, HttpResponse<?> response, String value) {
        Optional<String> next = RemoteLists.next(response);
        if (next.isEmpty()) {
            return value;
        }
        URI location = response.request().uri().resolve(next.get());
        Query query = Query.parse(Optional.ofNullable(location.getRawQuery()).orElse(""));
        boolean usual = query.without("n")
                .without("last")
                .without("artifactType")
                .toString()
                .isEmpty();
        if (!usual) {
            int page = request.query().first(PAGE).map(Integer::parseInt).orElse(1);
            query = request.query().without(PAGE).plus(PAGE, Integer.toString(page + 1));
            elsewhere.put(request.route().path() + query, location.toASCIIString());
        }
        return "<" + request.route().path() + query + ">; rel=\"next\"";
    }
}
