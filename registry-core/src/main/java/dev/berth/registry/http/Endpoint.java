package dev.berth.registry.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The endpoints of the OCI Distribution Specification ("Endpoints") and of Docker's registry API: a method and the kind of
 * resource it is applied to. This is the table of routes.
 */
public enum Endpoint {
    ROOT("GET", Route.Root.class),
    BASE("GET", Route.Base.class),
    CATALOG("GET", Route.Catalog.class),
    TAGS("GET", Route.Tags.class),
    REFERRERS("GET", Route.Referrers.class),
    MANIFEST_HEAD("HEAD", Route.Manifest.class),
    MANIFEST_GET("GET", Route.Manifest.class),
    MANIFEST_PUT("PUT", Route.Manifest.class),
    MANIFEST_DELETE("DELETE", Route.Manifest.class),
    BLOB_HEAD("HEAD", Route.Blob.class),
    BLOB_GET("GET", Route.Blob.class),
    BLOB_DELETE("DELETE", Route.Blob.class),
    UPLOAD_BEGIN("POST", Route.Uploads.class),
    UPLOAD_STATUS("GET", Route.Upload.class),
    UPLOAD_APPEND("PATCH", Route.Upload.class),
    UPLOAD_COMMIT("PUT", Route.Upload.class),
    UPLOAD_CANCEL("DELETE", Route.Upload.class);

    private static final Endpoint[] ALL = values();

    private final String method;
    private final Class<? extends Route> resource;

    Endpoint(String method, Class<? extends Route> resource) {
        this.method = method;
        this.resource = resource;
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The kind of resource. */
    public Class<? extends Route> resource() {
        return resource;
    }

    /**
     * The endpoint for a method and a resource. {@code HEAD} on a list is answered as {@code GET} is.
     *
     * @return empty if the resource does not have that method
     */
    public static Optional<Endpoint> of(String method, Route route) {
        Optional<Endpoint> exact = exactly(method, route);
        return exact.isEmpty() && method.equals("HEAD") ? exactly("GET", route) : exact;
    }

    private static Optional<Endpoint> exactly(String method, Route route) {
        for (Endpoint endpoint : ALL) {
            if (endpoint.resource == route.getClass() && endpoint.method.equals(method)) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }

    /** The methods that a resource has, for an {@code Allow} header. */
    public static List<String> methods(Route route) {
        List<String> methods = new ArrayList<>();
        for (Endpoint endpoint : ALL) {
            if (endpoint.resource == route.getClass()) {
                methods.add(endpoint.method);
            }
        }
        return methods;
    }
}
