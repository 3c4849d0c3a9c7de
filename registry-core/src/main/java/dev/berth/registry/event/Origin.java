package dev.berth.registry.event;

import java.util.Optional;

/**
 * Who caused something, and by what request, as far as that is known. What is done in Java comes from {@link #UNKNOWN} unless
 * the program says otherwise.
 *
 * @param actor the name that the caller has proved to have
 * @param request the request, where it came by HTTP
 */
public record Origin(Optional<String> actor, Optional<Request> request) {

    /** Nothing is known. */
    public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());

    /** Somebody of that name. */
    public static Origin of(String actor) {
        return new Origin(Optional.of(actor), Optional.empty());
    }

    /**
     * A request by HTTP.
     *
     * @param id tells it from others in a log
     * @param address who sent it: the other end of the connection
     * @param registry scheme, host and port by which the client reached the registry, such as {@code
     *     https://registry.example:5000}
     * @param method the HTTP method
     * @param userAgent what the client calls itself, or the empty string
     */
    public record Request(String id, String address, String registry, String method, String userAgent) {

        /** What the client took the registry to be called, with a port where it named one. */
        public String host() {
            int scheme = registry.indexOf("://");
            return scheme < 0 ? registry : registry.substring(scheme + 3);
        }
    }
}
