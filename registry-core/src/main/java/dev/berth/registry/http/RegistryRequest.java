package dev.berth.registry.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A request, with its path read. Immutable but for its body, which can be read once.
 *
 * @param method the HTTP method, in capitals
 * @param target path and query as they stood in the request line, for logs
 * @param route what the path names
 * @param query the parameters
 * @param headers the header fields
 * @param body the body
 * @param connection how the request came
 * @param caller on whose behalf it is made, as a filter has found out; anonymous until then
 * @param view what of the registry it may see; the whole, unless a filter has said otherwise
 * @param notes what is found out about it on its way, for whoever writes it down at the end
 */
public record RegistryRequest(
        String method,
        String target,
        Route route,
        Query query,
        Headers headers,
        RequestBody body,
        Connection connection,
        Caller caller,
        RegistryView view,
        ExchangeNotes notes) {

    /** Reads a request's target, the path and query of its request line. */
    public static RegistryRequest of(
            String method, String target, Headers headers, RequestBody body, Connection connection) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Query query = question < 0 ? Query.empty() : Query.parse(target.substring(question + 1));
        return new RegistryRequest(
                method,
                target,
                Route.parse(path),
                query,
                headers,
                body,
                connection,
                Caller.anonymous(),
                RegistryView.WHOLE,
                new ExchangeNotes(headers));
    }

    /**
     * Tells this request from others in logs and events: what {@code X-Request-Id} says, if it is 1 to 64 letters, digits, dots,
     * dashes and underscores, or else something that no other request has.
     */
    public String id() {
        return notes.id();
    }

    /** The endpoint, or empty if the resource has no such method. */
    public Optional<Endpoint> endpoint() {
        return Endpoint.of(method, route);
    }

    /** Whether it is to that endpoint. */
    public boolean isTo(Endpoint wanted) {
        return endpoint().filter(wanted::equals).isPresent();
    }

    /** The same with other header fields. */
    public RegistryRequest withHeaders(Headers newHeaders) {
        return new RegistryRequest(method, target, route, query, newHeaders, body, connection, caller, view, notes);
    }

    /** The same with another query. */
    public RegistryRequest withQuery(Query newQuery) {
        return new RegistryRequest(method, target, route, newQuery, headers, body, connection, caller, view, notes);
    }

    /** The same with another body. */
    public RegistryRequest withBody(RequestBody newBody) {
        return new RegistryRequest(method, target, route, query, headers, newBody, connection, caller, view, notes);
    }

    /** The same on behalf of somebody, which goes into the notes too. */
    public RegistryRequest withCaller(Caller newCaller) {
        notes.caller(newCaller);
        return new RegistryRequest(method, target, route, query, headers, body, connection, newCaller, view, notes);
    }

    /** The same to another resource, or to this one by another method; {@link #target} stays what the client sent. */
    public RegistryRequest withRoute(String newMethod, Route newRoute) {
        return new RegistryRequest(newMethod, target, newRoute, query, headers, body, connection, caller, view, notes);
    }

    /** The same, seeing the registry in that way, on top of the way it sees it already. */
    public RegistryRequest withView(RegistryView next) {
        RegistryView combined = view == RegistryView.WHOLE ? next : registry -> next.of(view.of(registry));
        return new RegistryRequest(method, target, route, query, headers, body, connection, caller, combined, notes);
    }

    /** What an error message or a log may say of it: no header, so no secret. */
    @Override
    public String toString() {
        return method + " " + target;
    }

    /**
     * How a request came.
     *
     * @param remoteAddress the address of whoever is at the other end of the connection, without the port
     * @param secure whether the connection is encrypted
     * @param authority host and port that the connection was made to, for when the client does not say
     * @param clientCertificates the certificates by which whoever is at the other end has proved who they are, their own first;
     *     the server has found them to be good. Empty where none was asked for or shown
     */
    public record Connection(
            String remoteAddress, boolean secure, String authority, List<X509Certificate> clientCertificates) {

        public Connection {
            clientCertificates = List.copyOf(clientCertificates);
        }

        /** A connection without client certificates. */
        public Connection(String remoteAddress, boolean secure, String authority) {
            this(remoteAddress, secure, authority, List.of());
        }
    }
}
