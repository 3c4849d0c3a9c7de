package dev.berth.registry.http.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.event.Origin;
import dev.berth.registry.event.RegistryEvent.Collected;
import dev.berth.registry.event.webhook.WebhookStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private final PrometheusText text = new PrometheusText();

    @Test
    void valuesHaveLabelsAndHelp() {
        text.gauge("a_b", "What it is.").sample("a_b", 5).sample("a_b", 0.5, "x", "1", "y", "a\"b\\c\nd");

        assertThat(text).hasToString("""
                        # HELP a_b What it is.
                        # TYPE a_b gauge
                        a_b 5
                        a_b{x="1",y="a\\"b\\\\c\\nd"} 0.5
                        """);
    }

    @Test
    void durationsFallIntoBuckets() {
        Series series = new Series("manifest", "get");
        series.begin();
        series.begin();
        series.begin();
        series.begin();
        series.end(200, 10, Duration.ofMillis(1).toNanos());
        series.end(200, 20, Duration.ofMillis(30).toNanos());
        series.end(404, 30, Duration.ofHours(1).toNanos());

        series.writeCounts(text, "n");
        series.writeDurations(text, "d");
        series.writeSent(text, "s");

        assertThat(series.inFlight()).isEqualTo(1);
        assertThat(text.toString().lines())
                .contains(
                        "n{handler=\"manifest\",method=\"get\",code=\"200\"} 2",
                        "n{handler=\"manifest\",method=\"get\",code=\"404\"} 1",
                        "d_bucket{handler=\"manifest\",method=\"get\",le=\"0.001\"} 1",
                        "d_bucket{handler=\"manifest\",method=\"get\",le=\"0.025\"} 1",
                        "d_bucket{handler=\"manifest\",method=\"get\",le=\"0.05\"} 2",
                        "d_bucket{handler=\"manifest\",method=\"get\",le=\"60\"} 2",
                        "d_bucket{handler=\"manifest\",method=\"get\",le=\"+Inf\"} 3",
                        "d_sum{handler=\"manifest\",method=\"get\"} 3600.031",
                        "d_count{handler=\"manifest\",method=\"get\"} 3",
                        "s_sum{handler=\"manifest\",method=\"get\"} 60");
    }

    @Test
    void collectionsAddUp() {
        CollectionMetrics metrics = new CollectionMetrics();
        metrics.on(new Collected(NOW, Origin.UNKNOWN, 1, 2, 3, 1000, Duration.ofMillis(1500)));
        metrics.on(new Collected(NOW, Origin.UNKNOWN, 10, 20, 30, 1, Duration.ofMillis(500)));

        metrics.writeTo(text);

        assertThat(text.toString().lines())
                .contains(
                        "registry_collections_total 2",
                        "registry_collections_removed_total{type=\"manifest\"} 11",
                        "registry_collections_removed_total{type=\"blob\"} 22",
                        "registry_collections_removed_total{type=\"upload\"} 33",
                        "registry_collections_freed_bytes_total 1001",
                        "registry_collections_seconds_total 2.0",
                        "registry_collections_last_timestamp_seconds " + NOW.getEpochSecond());
    }

    @Test
    void webhooksHaveAnAge() {
        WebhookStatus waiting = new WebhookStatus("ci", 3, 4, 5, 6, Optional.of(NOW.minusSeconds(60)));
        WebhookStatus idle = new WebhookStatus("chat", 0, 0, 0, 0, Optional.empty());

        new WebhookMetrics(() -> List.of(waiting, idle), Clock.fixed(NOW, ZoneOffset.UTC)).writeTo(text);

        assertThat(text.toString().lines())
                .contains(
                        "registry_notifications_events_total{endpoint=\"ci\",type=\"Successes\"} 4",
                        "registry_notifications_events_total{endpoint=\"ci\",type=\"Failures\"} 5",
                        "registry_notifications_events_total{endpoint=\"ci\",type=\"Dropped\"} 6",
                        "registry_notifications_pending_total{endpoint=\"ci\"} 3",
                        "registry_notifications_oldest_seconds{endpoint=\"ci\"} 60.0",
                        "registry_notifications_oldest_seconds{endpoint=\"chat\"} 0.0");
    }
}
