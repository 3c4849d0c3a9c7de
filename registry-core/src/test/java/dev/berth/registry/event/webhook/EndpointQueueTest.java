package dev.berth.registry.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.event.webhook.Backlog.Entry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndpointQueueTest {

    private final EndpointQueue queue = new EndpointQueue(
            WebhookEndpoint.to(URI.create("http://ci.example")).withBacklog(8), new MemoryBacklog());

    @Test
    void pullsAreDroppedWhenThreeQuartersAreFull() {
        for (int i = 0; i < 10; i++) {
            add(WebhookAction.PULL, "pull" + i);
        }
        assertThat(queue.status(0).queued()).isEqualTo(6);
        assertThat(queue.status(3).dropped()).isEqualTo(4 + 3);

        add(WebhookAction.PUSH, "push");
        assertThat(queue.status(0).queued()).isEqualTo(7);
    }

    @Test
    void theOldestAreDroppedWhenAllIsFull() throws Exception {
        for (int i = 0; i < 10; i++) {
            add(WebhookAction.PUSH, "push" + i);
        }

        assertThat(queue.status(0).queued()).isEqualTo(8);
        assertThat(queue.status(0).dropped()).isEqualTo(2);
        assertThat(text(queue.await())).isEqualTo("push2");
    }

    @Test
    void largeOnesFillItToo() {
        String large = "x".repeat(10_000);
        add(WebhookAction.PUSH, large);
        add(WebhookAction.PUSH, large);
        assertThat(queue.status(0).queued()).isEqualTo(2);

        add(WebhookAction.PUSH, "small");

        assertThat(queue.status(0).queued()).isEqualTo(2);
        assertThat(queue.status(0).dropped()).isEqualTo(1);
    }

    @Test
    void whatWasDroppedWhileItWasSentIsNotTakenOutTwice() throws Exception {
        add(WebhookAction.PUSH, "sent");
        Entry sent = queue.await().orElseThrow();
        for (int i = 0; i < 8; i++) {
            add(WebhookAction.PUSH, "push" + i);
        }

        queue.sent(sent);

        assertThat(text(queue.await())).isEqualTo("push0");
        assertThat(queue.status(0).queued()).isEqualTo(8);
    }

    @Test
    void whatCannotBeWrittenDownIsCounted() {
        EndpointQueue full = new EndpointQueue(WebhookEndpoint.to(URI.create("http://ci.example")), new FullBacklog());

        full.add(new Notification(WebhookAction.PUSH, "", Instant.EPOCH, "{}"));

        assertThat(full.status(0).dropped()).isEqualTo(1);
    }

    @Test
    void waitsBecomeLongerBeyondTheThreshold() {
        Backoff backoff = new Backoff(3, Duration.ofSeconds(1), new Random(0) {
            @Override
            public double nextDouble() {
                return 0;
            }
        });

        assertThat(backoff.after(1, Optional.empty())).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(3, Optional.empty())).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(4, Optional.empty())).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.after(6, Optional.empty())).isEqualTo(Duration.ofSeconds(8));
        assertThat(backoff.after(Integer.MAX_VALUE, Optional.empty())).isEqualTo(Backoff.LONGEST);
        assertThat(backoff.after(1, Optional.of(Duration.ofSeconds(30)))).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.after(1, Optional.of(Duration.ofDays(30)))).isEqualTo(Backoff.LONGEST_ASKED);
    }

    @Test
    void chanceTakesAwayHalfAtMost() {
        Backoff backoff = new Backoff(3, Duration.ofSeconds(1), new Random());
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.after(1, Optional.empty())).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        }
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(RetryAfter.parse("120", now)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Thu, 01 Jan 2026 00:01:00 GMT", now)).contains(Duration.ofMinutes(1));
        assertThat(RetryAfter.parse("Thu, 01 Jan 2025 00:01:00 GMT", now)).isEmpty();
        assertThat(RetryAfter.parse("soon", now)).isEmpty();
    }

    private void add(WebhookAction action, String text) {
        queue.add(new Notification(action, "", Instant.EPOCH, text));
    }

    private static String text(Optional<Entry> entry) {
        return entry.orElseThrow().json();
    }

    /** As one on a disk without room. */
    private static final class FullBacklog implements Backlog {

        @Override
        public void add(Instant time, String json) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public Optional<Entry> first() {
            return Optional.empty();
        }

        @Override
        public void remove(Entry first) {
            throw new AssertionError("There is nothing to remove");
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
