package dev.berth.registry.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.file.FactChanges.Point;
import org.junit.jupiter.api.Test;

/** How long a look lasts, by a clock that the test sets. */
class FreshnessTest {

    /** Java's clock may begin anywhere. */
    private static final long START = -7_000_000_000L;

    private final Freshness freshness = new Freshness(new Point(START - Freshness.MOMENT, 0));
    private long now = START;
    private long changes;

    @Test
    void whatIsWantedNowAndThenIsLookedAtEachTime() {
        for (int i = 0; i < 100; i++) {
            assertThat(asks()).as("time %d", i).isFalse();
            now += Freshness.MOMENT / (Freshness.OFTEN - 2);
        }
    }

    @Test
    void whatIsWantedAllTheTimeIsLookedAtOnceInAMoment() {
        wantAllTheTime();

        int looks = 0;
        for (int i = 0; i < 1_000; i++) {
            looks += asks() ? 0 : 1;
            now += Freshness.MOMENT / 100;
        }

        assertThat(looks).isBetween(9, 11);
    }

    @Test
    void aLookLastsNoLongerThanAMoment() {
        wantAllTheTime();
        assertThat(asks()).isTrue();

        now += Freshness.MOMENT;

        assertThat(asks()).isFalse();
    }

    @Test
    void aChangeEndsItAtOnce() {
        wantAllTheTime();
        assertThat(asks()).isTrue();

        changes++;

        assertThat(asks()).as("after the change").isFalse();
        assertThat(asks()).as("after a look").isTrue();
    }

    @Test
    void whatWasWantedAllTheTimeIsLookedAtEachTimeAfterAPause() {
        wantAllTheTime();

        now += Freshness.PAUSE * Freshness.MOMENT;

        for (int i = 0; i < Freshness.OFTEN - 1; i++) {
            assertThat(asks()).as("time %d", i).isFalse();
        }
    }

    @Test
    void whoTookTheTimeBeforeTheLastLookChangesNothing() {
        wantAllTheTime();
        assertThat(asks()).isTrue();

        freshness.looked(new Point(now - Freshness.MOMENT / 2, changes));

        assertThat(asks()).isTrue();
    }

    /** Several moments, each of many questions. */
    private void wantAllTheTime() {
        for (int i = 0; i < 400; i++) {
            asks();
            now += Freshness.MOMENT / 100;
        }
        asks();
    }

    /** As who asks does: looks unless the last look lasts. */
    private boolean asks() {
        Point point = new Point(now, changes);
        boolean lasts = freshness.lasts(point);
        if (!lasts) {
            freshness.looked(point);
        }
        return lasts;
    }
}
