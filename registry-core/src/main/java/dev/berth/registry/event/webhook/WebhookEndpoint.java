package dev.berth.registry.event.webhook;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Somebody who wants to be told by HTTP. Immutable; {@link #to} is where to begin. {@link #toString()} holds no secret, neither
 * of the URL nor of a header.
 *
 * @param name what to call it in logs and metrics, and its queue on disk: 1 to 64 letters, digits, dots, dashes and
 *     underscores, beginning with a letter or a digit
 * @param url where to post to, http or https; a user and password in it become an {@code Authorization} field
 * @param headers header fields for each request, names and values in turn
 * @param timeout how long it may take to answer, 5 seconds unless told
 * @param threshold how many times in a row it is tried again after {@code backoff} before the waits become longer, 10 unless told
 * @param backoff how long to wait before it is tried again, 1 second unless told; from the threshold on twice as long each time,
 *     up to 5 minutes. A wait is shortened by up to half by chance, and lengthened to what {@code Retry-After} asks for, up to
 *     an hour
 * @param backlog how many notifications may wait, 100,000 unless told, and with twice as many KiB. When three quarters of that do,
 *     pulls are dropped; when all of it does, the oldest are
 * @param ignoredActions what it is not told of
 * @param ignoredMediaTypes the types of manifests and blobs that it is not told of
 */
public record WebhookEndpoint(
        String name,
        URI url,
        List<String> headers,
        Duration timeout,
        int threshold,
        Duration backoff,
        int backlog,
        Set<WebhookAction> ignoredActions,
        Set<String> ignoredMediaTypes) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * Checks what it is given.
     *
     * @throws IllegalArgumentException if one of it makes no sense; the message says which, and what would
     */
    public WebhookEndpoint {
        require(
                NAME.matcher(name).matches(),
                "the name of a webhook is 1 to 64 letters, digits, dots, dashes and underscores");
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        require(
                http && url.getHost() != null,
                "the URL of the webhook " + name + " has to begin with http:// or https://");
        require(timeout.toMillis() >= 1, "the timeout of the webhook " + name + " is at least a millisecond");
        require(backoff.toMillis() >= 1, "the backoff of the webhook " + name + " is at least a millisecond");
        require(threshold >= 0, "the threshold of the webhook " + name + " is at least 0");
        require(backlog >= 1, "the backlog of the webhook " + name + " has room for at least 1");
        require(headers.size() % 2 == 0, "header fields come as names and values in turn, and a value is missing");
        String user = url.getUserInfo();
        if (user != null) {
            List<String> more = new ArrayList<>(headers);
            more.add("Authorization");
            more.add("Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
            headers = more;
            url = withoutUser(url);
        }
        headers = List.copyOf(headers);
        ignoredActions = Set.copyOf(ignoredActions);
        ignoredMediaTypes = lowerCase(ignoredMediaTypes);
        checkHeaders(name, url, headers);
    }

    /** An endpoint at a URL, called by the URL's host. */
    public static WebhookEndpoint to(URI url) {
        String host = String.valueOf(url.getHost()).replaceAll("[^A-Za-z0-9.-]", "");
        return new WebhookEndpoint(
                host.isEmpty() ? "webhook" : host.substring(0, Math.min(64, host.length())),
                url,
                List.of(),
                Duration.ofSeconds(5),
                10,
                Duration.ofSeconds(1),
                100_000,
                Set.of(),
                Set.of());
    }

    /** The same by another name. */
    public WebhookEndpoint named(String newName) {
        return new WebhookEndpoint(
                newName, url, headers, timeout, threshold, backoff, backlog, ignoredActions, ignoredMediaTypes);
    }

    /** The same with one header field more, such as {@code Authorization}. */
    public WebhookEndpoint withHeader(String field, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(field);
        more.add(value);
        return new WebhookEndpoint(
                name, url, more, timeout, threshold, backoff, backlog, ignoredActions, ignoredMediaTypes);
    }

    /** The same with another time to answer in. */
    public WebhookEndpoint withTimeout(Duration newTimeout) {
        return new WebhookEndpoint(
                name, url, headers, newTimeout, threshold, backoff, backlog, ignoredActions, ignoredMediaTypes);
    }

    /** The same, tried again after other waits. */
    public WebhookEndpoint withBackoff(int newThreshold, Duration newBackoff) {
        return new WebhookEndpoint(
                name, url, headers, timeout, newThreshold, newBackoff, backlog, ignoredActions, ignoredMediaTypes);
    }

    /** The same with room for so many notifications. */
    public WebhookEndpoint withBacklog(int most) {
        return new WebhookEndpoint(
                name, url, headers, timeout, threshold, backoff, most, ignoredActions, ignoredMediaTypes);
    }

    /** The same, not told of these. */
    public WebhookEndpoint ignoring(WebhookAction... actions) {
        Set<WebhookAction> more = EnumSet.noneOf(WebhookAction.class);
        more.addAll(ignoredActions);
        more.addAll(List.of(actions));
        return new WebhookEndpoint(name, url, headers, timeout, threshold, backoff, backlog, more, ignoredMediaTypes);
    }

    /** The same, not told of manifests and blobs of these types. */
    public WebhookEndpoint ignoringMediaTypes(String... types) {
        Set<String> more = new TreeSet<>(ignoredMediaTypes);
        more.addAll(List.of(types));
        return new WebhookEndpoint(name, url, headers, timeout, threshold, backoff, backlog, ignoredActions, more);
    }

    boolean wants(Notification notification) {
        return !ignoredActions.contains(notification.action())
                && !ignoredMediaTypes.contains(notification.mediaType().toLowerCase(Locale.ROOT));
    }

    HttpRequest.Builder request() {
        return request(url, headers).timeout(timeout);
    }

    private static HttpRequest.Builder request(URI url, List<String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return request;
    }

    private static void checkHeaders(String name, URI url, List<String> headers) {
        for (int i = 0; i < headers.size(); i += 2) {
            try {
                request(url, headers.subList(i, i + 2));
            } catch (IllegalArgumentException e) {
                // Its message has the value, which may be a secret.
                throw new IllegalArgumentException(
                        "the webhook " + name + " cannot be sent the header field number " + (i / 2 + 1)
                                + ": its name is none, is the connection's own, or its value is more than one line");
            }
        }
    }

    private static URI withoutUser(URI url) {
        String text = url.toString();
        int begin = text.indexOf("//") + 2;
        return URI.create(text.substring(0, begin) + text.substring(text.indexOf('@', begin) + 1));
    }

    private static Set<String> lowerCase(Set<String> types) {
        Set<String> lower = new TreeSet<>();
        types.forEach(type -> lower.add(type.toLowerCase(Locale.ROOT)));
        return Set.copyOf(lower);
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Its name and host. */
    @Override
    public String toString() {
        return name + " at " + url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
