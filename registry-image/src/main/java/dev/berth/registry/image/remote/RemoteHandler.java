package dev.berth.registry.image.remote;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.ResponseBody;
import dev.berth.registry.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Passes requests on to a registry elsewhere and its answers back, as they are: its statuses, its errors, its header fields. What a
 * client shows of itself stays here; the registry is told {@link Credentials} instead, and what it wants to know of passwords
 * and tokens is settled between the two. Reads are followed to wherever the registry redirects them. What the registry names
 * of itself, in {@code Location} and {@code Link}, is named as of this server.
 *
 * <p>Blobs go through without being kept; what is pushed is held in a temporary file until it is sent, since a challenge may
 * ask for it twice. A thread waits for each request that is passed on. Safe for use by several threads; there is nothing to
 * close.
 */
public final class RemoteHandler implements RegistryHandler {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Set<String> SENT = Set.of(
            "Accept",
            "Content-Type",
            "Content-Range",
            "Range",
            "If-Match",
            "If-None-Match",
            "If-Range",
            "If-Modified-Since",
            "If-Unmodified-Since");

    private final URI base;
    private final RemoteClient client;
    private final RemoteNames names = new RemoteNames();

    private RemoteHandler(URI base, RemoteClient client) {
        this.base = base;
        this.client = client;
    }

    /**
     * What is asked of a registry, passed on to it. It is given ten minutes for each answer, the time for a body that is sent
     * included.
     *
     * @param base {@code http} or {@code https}, host and port
     * @throws IllegalArgumentException if it is anything else
     */
    public static RemoteHandler at(URI base, Credentials credentials) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return at(base, credentials, http);
    }

    /**
     * The same with an HTTP client of the caller's.
     *
     * @param http with its own trust in certificates; must not follow redirects, which this does
     * @throws IllegalArgumentException if {@code base} is not http or https with a host, or {@code http} follows redirects
     */
    public static RemoteHandler at(URI base, Credentials credentials, HttpClient http) {
        RemoteRegistry.requireReachable(base, http);
        return new RemoteHandler(base, new RemoteClient(base, new Exchanges(http, TIMEOUT), credentials));
    }

    /** The text with every password and token that was shown on the way replaced by asterisks. */
    public String redacted(String text) {
        return client.redacted(text);
    }

    @Override
    public CompletionStage<RegistryResponse> handle(RegistryRequest request) {
        if (request.route() instanceof Route.Invalid invalid) {
            throw invalid.problem();
        }
        Spool body = new Spool();
        return request.body().drainTo(body).handle((done, trouble) -> {
            try (body) {
                if (trouble != null) {
                    throw new CompletionException(
                            trouble instanceof CompletionException ? trouble.getCause() : trouble);
                }
                return answer(request, body);
            } catch (IOException e) {
                throw unreachable(e);
            }
        });
    }

    private RegistryException unreachable(IOException trouble) {
        String message = "the registry at " + base.getScheme() + "://" + base.getAuthority() + " gives no answer: "
                + redacted(trouble.toString());
        return new RegistryException(502, List.of(new RegistryError(ErrorCode.UNAVAILABLE, message)));
    }

    private RegistryResponse answer(RegistryRequest request, Spool body) throws IOException {
        RemoteClient.Request remote = client.request(request.method(), names.elsewhere(request))
                .about(request.route().repository().map(Object::toString).orElse(""))
                .body(body.publisher());
        request.headers().forEach((name, value) -> {
            if (SENT.stream().anyMatch(name::equalsIgnoreCase)) {
                remote.header(name, value);
            }
        });
        HttpResponse<InputStream> response = remote.send();
        boolean redirect = response.statusCode() > 300
                && response.statusCode() < 400
                && response.headers().firstValue("Location").isPresent();
        if (redirect) {
            response.body().close();
            throw new IOException("it redirects a " + request.method() + ", which is not followed");
        }
        return answer(request, response);
    }

    private RegistryResponse answer(RegistryRequest request, HttpResponse<InputStream> response) throws IOException {
        Headers headers = names.here(request, response);
        int status = response.statusCode();
        OptionalLong length = response.headers().firstValueAsLong("Content-Length");
        if (request.method().equals("HEAD") || status == 204 || status == 304) {
            response.body().close();
            return new RegistryResponse(
                    status,
                    length.isPresent() && request.method().equals("HEAD")
                            ? headers.with("Content-Length", Long.toString(length.getAsLong()))
                            : headers,
                    ResponseBody.empty());
        }
        ResponseBody body = length.isPresent()
                ? new RemoteBody(response.body(), length.getAsLong())
                : new Spool().takeAll(response.body()).body();
        return new RegistryResponse(status, headers.with("Content-Length", Long.toString(body.length())), body);
    }

    @Override
    public String toString() {
        return "RemoteHandler[" + base.getScheme() + "://" + base.getAuthority() + "]";
    }
}
