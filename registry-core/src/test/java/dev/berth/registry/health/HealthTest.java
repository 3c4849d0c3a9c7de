package dev.berth.registry.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.health.HealthReport.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean broken;

    @Test
    void whatWasFoundIsGoodForAWhile() {
        Health health = health(1);

        assertThat(health.report().isUp()).isTrue();
        broken = true;
        pass(Duration.ofSeconds(9));
        assertThat(health.report().isUp()).isTrue();
        assertThat(asked).hasValue(1);

        pass(Duration.ofSeconds(1));
        assertThat(health.report())
                .isEqualTo(new HealthReport(false, List.of(new Result("disk", Optional.of("it is on fire")))));
        assertThat(health.report().isUp()).isFalse();
        assertThat(asked).hasValue(2);
    }

    @Test
    void itIsWellAgainWhenItIs() {
        Health health = health(1);
        broken = true;
        assertThat(health.report().isUp()).isFalse();

        broken = false;
        pass(INTERVAL);

        assertThat(health.report().isUp()).isTrue();
    }

    @Test
    void aCheckMayHaveToFailSeveralTimes() {
        Health health = health(3);
        broken = true;

        assertThat(health.report().isUp()).isTrue();
        pass(INTERVAL);
        assertThat(health.report().isUp()).isTrue();
        pass(INTERVAL);
        assertThat(health.report().isUp()).isFalse();
    }

    @Test
    void aCheckThatThrowsSomethingElseHasFailedToo() {
        HealthCheck check = new HealthCheck("disk", () -> {
            throw new IllegalStateException("a mistake");
        });

        assertThat(new Health(List.of(check), () -> true, INTERVAL, 1, nanos::get).report())
                .isEqualTo(new HealthReport(true, List.of(new Result("disk", Optional.of("a mistake")))));
    }

    @Test
    void aCheckThatHangsHoldsUpNobodyElse() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        HealthCheck check = new HealthCheck("disk", () -> {
            hangs.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        Health health = new Health(List.of(check), () -> false, INTERVAL, 1, nanos::get);
        Thread asking = new Thread(health::report);
        asking.start();
        hangs.await();

        assertThat(health.report().results()).containsExactly(new Result("disk", Optional.of("it is not known yet")));
        pass(Duration.ofSeconds(42));
        assertThat(health.report().results())
                .containsExactly(new Result("disk", Optional.of("the check has not ended for 42 s")));

        go.countDown();
        asking.join();
        assertThat(health.report().isUp()).isTrue();
    }

    @Test
    void aThresholdIsOneAtLeast() {
        assertThatThrownBy(() -> health(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private Health health(int threshold) {
        HealthCheck check = new HealthCheck("disk", () -> {
            asked.incrementAndGet();
            if (broken) {
                throw new IOException("it is on fire");
            }
        });
        return new Health(List.of(check), () -> false, INTERVAL, threshold, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
