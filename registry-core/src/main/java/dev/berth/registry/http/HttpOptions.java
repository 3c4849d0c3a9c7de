package dev.berth.registry.http;

import java.util.ArrayList;
import java.util.List;

/**
 * What the HTTP side of a registry can be told. Immutable; {@link #defaults()} is where to begin.
 *
 * @param manifestLimit the largest manifest accepted, in bytes, at least 1; 4 MiB unless told
 * @param blobLimit the largest blob accepted, in bytes, at least 1; no limit unless told
 * @param pageLimit the most entries in one page of a list, at least 1; 1,000 unless told
 * @param location how {@code Location} is written
 * @param filters what stands in front of the protocol, outermost first
 */
public record HttpOptions(
        int manifestLimit, long blobLimit, int pageLimit, LocationStyle location, List<HttpFilter> filters) {

    /** How URLs in {@code Location} are written. */
    public enum LocationStyle {
        /** As a path, which is right behind every proxy that does not change paths. The default. */
        RELATIVE,
        /** With the scheme, host and port by which the connection and the {@code Host} header say the registry was reached. */
        ABSOLUTE,
        /**
         * As {@link #ABSOLUTE}, but believing {@code Forwarded} and {@code X-Forwarded-Proto}, {@code -Host} and {@code -Port}.
         * Only for a registry that can be reached through a trusted proxy alone, which sets them itself.
         */
        FORWARDED;

        /**
         * Scheme, host and port by which a request reached the registry, such as {@code https://registry.example:5000}, for URLs
         * that cannot be relative. What a client says of the host is used only if it can be nothing but a host.
         */
        public String origin(RegistryRequest request) {
            return Locations.origin(this, request);
        }
    }

    /** @throws IllegalArgumentException if a limit is below 1 */
    public HttpOptions {
        if (manifestLimit < 1 || blobLimit < 1 || pageLimit < 1) {
            throw new IllegalArgumentException("Limits are at least 1, unlike one of manifestLimit=" + manifestLimit
                    + ", blobLimit=" + blobLimit + ", pageLimit=" + pageLimit);
        }
        filters = List.copyOf(filters);
    }

    /** The options of a registry that was told nothing. */
    public static HttpOptions defaults() {
        return new HttpOptions(4 << 20, Long.MAX_VALUE, 1000, LocationStyle.RELATIVE, List.of());
    }

    /** The same with another limit for manifests, in bytes. */
    public HttpOptions withManifestLimit(int bytes) {
        return new HttpOptions(bytes, blobLimit, pageLimit, location, filters);
    }

    /** The same with another limit for blobs, in bytes. */
    public HttpOptions withBlobLimit(long bytes) {
        return new HttpOptions(manifestLimit, bytes, pageLimit, location, filters);
    }

    /** The same with another limit for pages, in entries. */
    public HttpOptions withPageLimit(int entries) {
        return new HttpOptions(manifestLimit, blobLimit, entries, location, filters);
    }

    /** The same with {@code Location} written another way. */
    public HttpOptions withLocation(LocationStyle style) {
        return new HttpOptions(manifestLimit, blobLimit, pageLimit, style, filters);
    }

    /** The same with one filter more, innermost. */
    public HttpOptions plusFilter(HttpFilter filter) {
        List<HttpFilter> more = new ArrayList<>(filters);
        more.add(filter);
        return new HttpOptions(manifestLimit, blobLimit, pageLimit, location, more);
    }
}
