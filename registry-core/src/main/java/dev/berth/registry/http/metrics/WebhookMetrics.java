package dev.berth.registry.http.metrics;

import dev.berth.registry.event.webhook.WebhookStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Tells how webhooks are doing. */
public final class WebhookMetrics implements MetricSource {

    private static final String EVENTS = "registry_notifications_events_total";
    private static final String PENDING = "registry_notifications_pending_total";
    private static final String OLDEST = "registry_notifications_oldest_seconds";

    private final Supplier<List<WebhookStatus>> status;
    private final Clock clock;

    /** Of those whose status this is: {@code webhooks::status}. */
    public WebhookMetrics(Supplier<List<WebhookStatus>> status, Clock clock) {
        this.status = status;
        this.clock = clock;
    }

    @Override
    public void writeTo(PrometheusText text) {
        List<WebhookStatus> all = status.get();
        text.counter(EVENTS, "Notifications that were taken, attempts that failed, notifications that were dropped.");
        for (WebhookStatus one : all) {
            text.sample(EVENTS, one.sent(), "endpoint", one.endpoint(), "type", "Successes");
            text.sample(EVENTS, one.failed(), "endpoint", one.endpoint(), "type", "Failures");
            text.sample(EVENTS, one.dropped(), "endpoint", one.endpoint(), "type", "Dropped");
        }
        text.gauge(PENDING, "Notifications that wait.");
        all.forEach(one -> text.sample(PENDING, one.queued(), "endpoint", one.endpoint()));
        text.gauge(OLDEST, "How long that has waited which has waited the longest.");
        for (WebhookStatus one : all) {
            double age = one.oldest()
                    .map(time -> Duration.between(time, clock.instant()).toMillis() / 1e3)
                    .orElse(0.0);
            text.sample(OLDEST, Math.max(0, age), "endpoint", one.endpoint());
        }
    }
}
