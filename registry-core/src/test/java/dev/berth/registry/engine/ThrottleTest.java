package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** No more bytes pass in a second than were allowed. */
class ThrottleTest {

    private long now = 1_000_000;
    private long paused;

    private final Throttle throttle = new Throttle(OptionalLong.of(1000), () -> Instant.ofEpochMilli(now), millis -> {
        now += millis;
        paused += millis;
    });

    @Test
    void whoIsTooFastWaits() {
        for (int i = 0; i < 10; i++) {
            throttle.passed(500);
        }

        assertThat(paused).isEqualTo(5000);
    }

    @Test
    void whoIsSlowDoesNot() {
        for (int i = 0; i < 10; i++) {
            throttle.passed(500);
            now += 600;
        }

        assertThat(paused).isEqualTo(500);
    }

    @Test
    void anInterruptEndsTheWait() {
        Throttle interrupted = new Throttle(OptionalLong.of(1), () -> Instant.ofEpochMilli(now), millis -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> interrupted.passed(1000)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
