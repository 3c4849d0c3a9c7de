package dev.berth.standalone.config;

import dev.berth.registry.event.webhook.WebhookAction;
import dev.berth.registry.event.webhook.WebhookEndpoint;
import dev.berth.standalone.config.Configuration.Notifications;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who is to be told of what happens, while it is being put together: the values of each endpoint, by what they are called. */
final class NotificationsDraft {

    static final String ENDPOINTS = "notifications.endpoints.";

    boolean references;

    private final Map<String, Map<String, Value>> byIndex = new TreeMap<>();
    private final List<Value> urls = new ArrayList<>();

    /** Takes a value of {@code notifications.endpoints.<index>.<name>}. */
    void add(Value value) {
        String[] levels = value.path()
                .substring(Math.min(ENDPOINTS.length(), value.path().length()))
                .split("\\.", 2);
        if (levels.length < 2 || !levels[0].matches("[0-9]{1,3}")) {
            throw value.wrong("a list of endpoints, each with a name and a url");
        }
        byIndex.computeIfAbsent(levels[0], index -> new TreeMap<>()).put(levels[1], value);
    }

    /** Takes an endpoint of which there is nothing but a URL to say. */
    void addUrl(Value url) {
        urls.add(url);
    }

    Optional<Notifications> notifications() {
        List<WebhookEndpoint> endpoints = new ArrayList<>();
        byIndex.values().forEach(values -> endpoint(values).ifPresent(endpoints::add));
        urls.forEach(url -> endpoints.add(WebhookEndpoint.to(url(url))));
        return endpoints.isEmpty() ? Optional.empty() : Optional.of(new Notifications(endpoints, references));
    }

    private static Optional<WebhookEndpoint> endpoint(Map<String, Value> values) {
        Value any = values.values().iterator().next();
        Value url = values.get("url");
        if (values.containsKey("disabled") && values.get("disabled").isTrue()) {
            return Optional.empty();
        }
        if (url == null) {
            throw new UsageException(any.name() + " is not enough: what is missing is the url of that endpoint");
        }
        WebhookEndpoint endpoint = WebhookEndpoint.to(url(url));
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            try {
                endpoint = with(endpoint, entry.getKey(), entry.getValue());
            } catch (IllegalArgumentException e) {
                throw new UsageException(entry.getValue().name() + ": " + e.getMessage());
            }
        }
        return Optional.of(endpoint);
    }

    private static WebhookEndpoint with(WebhookEndpoint endpoint, String name, Value value) {
        // A list's index is of no interest, and neither is whether there is one.
        String plain = name.replaceFirst("\\.[0-9]+$", "");
        if (plain.startsWith("headers.")) {
            return endpoint.withHeader(plain.substring("headers.".length()), value.text());
        }
        return switch (plain) {
            case "name" -> endpoint.named(value.text());
            case "url", "disabled" -> endpoint;
            case "timeout" -> endpoint.withTimeout(value.duration());
            case "threshold" -> endpoint.withBackoff(value.number(0), endpoint.backoff());
            case "backoff" -> endpoint.withBackoff(endpoint.threshold(), value.duration());
            case "ignoredmediatypes", "ignore.mediatypes" -> endpoint.ignoringMediaTypes(value.text());
            case "ignore.actions" -> endpoint.ignoring(action(value));
            default -> throw new UsageException(value.name() + " is no setting of an endpoint: correct or remove it");
        };
    }

    private static WebhookAction action(Value value) {
        try {
            return WebhookAction.valueOf(value.text().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw value.wrong("push, pull, delete or mount");
        }
    }

    /** What is wrong is not said with the URL: there may be a password in it. */
    private static URI url(Value value) {
        try {
            URI url = new URI(value.text());
            WebhookEndpoint.to(url);
            return url;
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new UsageException(value.name() + " has to be a URL such as https://ci.example/hook");
        }
    }
}
