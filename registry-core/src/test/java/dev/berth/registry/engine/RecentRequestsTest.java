package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int PLACES = 1 << 15;

    private Instant now = START;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final RecentRequests recent = new RecentRequests(clock, PLACES);

    @Test
    void whatWasAskedForIsKnownUntilTheLimitPassesIt() {
        recent.note(digest(1));

        assertThat(recent.since(digest(1), START.minusMillis(1))).isTrue();
        assertThat(recent.since(digest(1), START)).isFalse();
    }

    @Test
    void theLatestTimeCounts() {
        recent.note(digest(1));
        now = START.plusSeconds(60);
        recent.note(digest(1));
        now = START;
        recent.note(digest(1));

        assertThat(recent.since(digest(1), START.plusSeconds(59))).isTrue();
    }

    @Test
    void oneIsNotTakenForAnother() {
        int noted = PLACES / 2;
        for (int i = 0; i < noted; i++) {
            recent.note(digest(i));
        }

        assertThat(countSince(0, noted, START.minusMillis(1))).isEqualTo(noted);
        assertThat(countSince(noted, 2 * noted, START.minusMillis(1))).isZero();
    }

    @Test
    void whatIsForgottenCountsAsAskedForWhenTheLatestForgottenWas() {
        int noted = 2 * PLACES;
        for (int i = 0; i < noted; i++) {
            recent.note(digest(i));
        }
        now = START.plus(Duration.ofHours(1));
        for (int i = noted; i < 2 * noted; i++) {
            recent.note(digest(i));
        }

        // More than was asked for may stay, and never less.
        assertThat(countSince(0, noted, START.minusMillis(1))).isEqualTo(noted);
        assertThat(countSince(noted, 2 * noted, START.plusSeconds(1))).isEqualTo(noted);
    }

    private int countSince(int from, int to, Instant limit) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += recent.since(digest(i), limit) ? 1 : 0;
        }
        return count;
    }

    private static Digest digest(int i) {
        return Digest.of(Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
    }
}
