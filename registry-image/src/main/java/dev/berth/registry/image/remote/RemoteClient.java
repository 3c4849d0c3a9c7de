package dev.berth.registry.image.remote;

import dev.berth.registry.text.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * Sends requests to one registry, says who asks when that is wanted, and follows redirects of what is read. Who asks is told to
 * the registry alone: where it redirects to gets no password and no token.
 */
final class RemoteClient {

    private static final int MOST_REDIRECTS = 5;
    private static final int LONGEST_REFUSAL = 1 << 20;

    private final URI base;
    private final Exchanges exchanges;
    private final Authorization authorization;

    RemoteClient(URI base, Exchanges exchanges, Credentials credentials) {
        this.base = base;
        this.exchanges = exchanges;
        authorization = new Authorization(credentials, "https".equalsIgnoreCase(base.getScheme()), exchanges);
    }

    /** A request whose path begins with {@code /v2/}, or that a registry named by a Location or Link. */
    Request request(String method, String location) throws IOException {
        return new Request(method, resolve(base, location), "");
    }

    private static URI resolve(URI from, String location) throws IOException {
        URI resolved;
        try {
            resolved = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("The registry answered with a URL that is none: " + Quoted.of(location), e);
        }
        boolean https = "https".equalsIgnoreCase(resolved.getScheme());
        boolean downgraded = "https".equalsIgnoreCase(from.getScheme()) && !https;
        if (resolved.getHost() == null || downgraded || (!https && !"http".equalsIgnoreCase(resolved.getScheme()))) {
            throw new IOException("The registry leads to a URL that is not followed: " + Quoted.of(location));
        }
        return resolved;
    }

    /** The text without a secret that this client has shown to anybody. */
    String redacted(String text) {
        return authorization.redacted(text);
    }

    /** A refusal's body, read to its end, as what it says. */
    static RuntimeException refusal(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            return Refusals.of(response, body.readNBytes(LONGEST_REFUSAL));
        }
    }

    /** A request that is being put together. For one thread at a time. */
    final class Request {

        private final String method;
        private final URI uri;
        private final HttpRequest.Builder headers = HttpRequest.newBuilder();
        private BodyPublisher body = BodyPublishers.noBody();
        private String repository;

        private Request(String method, URI uri, String repository) {
            this.method = method;
            this.uri = uri;
            this.repository = repository;
        }

        /** What the request is about: those of one repository share what says who asks. */
        Request about(String purpose) {
            repository = purpose;
            return this;
        }

        Request header(String name, String value) {
            headers.header(name, value);
            return this;
        }

        /** A body in memory, which may be sent twice. */
        Request body(byte[] bytes, int length) {
            body = BodyPublishers.ofByteArray(bytes, 0, length);
            return this;
        }

        /** A body that is published anew each time it is sent. */
        Request body(BodyPublisher publisher) {
            body = publisher;
            return this;
        }

        /** The answer, whatever its status; its body is the caller's to close. */
        HttpResponse<InputStream> send() throws IOException {
            boolean reading = method.equals("GET") || method.equals("HEAD");
            String purpose = (reading ? "read " : method + " ") + repository;
            HttpResponse<InputStream> response = sendTo(uri, authorization.header(purpose));
            if (response.statusCode() == 401) {
                Optional<String> answer = authorization.answer(purpose, response);
                if (answer.isPresent()) {
                    response.body().close();
                    response = sendTo(uri, answer);
                }
            }
            URI at = uri;
            for (int i = 0; reading && isRedirect(response.statusCode()); i++) {
                response.body().close();
                if (i == MOST_REDIRECTS) {
                    throw new IOException("The registry redirects more than " + MOST_REDIRECTS + " times");
                }
                at = resolve(at, response.headers().firstValue("Location").orElse(""));
                response = sendTo(at, authorization.header(purpose));
            }
            return response;
        }

        private HttpResponse<InputStream> sendTo(URI to, Optional<String> who) throws IOException {
            HttpRequest.Builder request = headers.copy().uri(to).method(method, body);
            boolean own = to.getScheme().equalsIgnoreCase(base.getScheme())
                    && to.getAuthority().equalsIgnoreCase(base.getAuthority());
            if (own && who.isPresent()) {
                request.header("Authorization", who.get());
            }
            return exchanges.send(request);
        }

        private static boolean isRedirect(int status) {
            return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        }
    }
}
