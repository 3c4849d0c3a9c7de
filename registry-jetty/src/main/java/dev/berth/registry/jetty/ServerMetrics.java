package dev.berth.registry.jetty;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.event.webhook.Webhooks;
import dev.berth.registry.http.metrics.CollectionMetrics;
import dev.berth.registry.http.metrics.MetricSource;
import dev.berth.registry.http.metrics.PrometheusText;
import dev.berth.registry.http.metrics.RequestMetrics;
import dev.berth.registry.http.metrics.WebhookMetrics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a server counts.
 *
 * @param requests is in front of all requests
 * @param collections is told of collections. It does not subscribe to events: then each pull would be made one
 * @param sources all of them
 */
record ServerMetrics(RequestMetrics requests, CollectionMetrics collections, List<MetricSource> sources) {

    static ServerMetrics of(Registry innermost, Optional<Webhooks> webhooks) {
        RequestMetrics requests = new RequestMetrics();
        CollectionMetrics collections = new CollectionMetrics();
        List<MetricSource> sources = new ArrayList<>(List.of(requests, collections));
        if (innermost instanceof StoredRegistry stored) {
            sources.add(new StorageMetrics(stored));
        }
        webhooks.ifPresent(hooks -> sources.add(new WebhookMetrics(hooks::status, Clock.systemUTC())));
        return new ServerMetrics(requests, collections, sources);
    }

    String text() {
        PrometheusText text = new PrometheusText();
        sources.forEach(source -> source.writeTo(text));
        return text.toString();
    }
}
