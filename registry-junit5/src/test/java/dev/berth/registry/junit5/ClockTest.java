package dev.berth.registry.junit5;

import static dev.berth.registry.http.RequestMatch.anyRequest;
import static dev.berth.registry.http.RequestMatch.manifestGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.http.fault.ActiveFault;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.http.profile.RegistryProfile;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.remote.Credentials;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Time passes when the test says so. */
class ClockTest {

    @Test
    void aTokenRunsOutWhenTheClockIsPutForward() {
        SampleRun.of(Tokens.class).succeeded(1);
    }

    @RegistryExtension(images = "team/app:1.0", users = "alice:secret", tokenSeconds = 300)
    static class Tokens {
        @Test
        void test(RegistryServer server, TestClock clock, Journal journal) throws Exception {
            RemoteRegistry registry = RemoteRegistry.at(server.uri(), Credentials.of("alice", "secret"));
            Image.pull(registry, "team/app", "1.0");
            Image.pull(registry, "team/app", "1.0");
            assertThat(journal.exchanges(manifestGet()))
                    .extracting(e -> e.status())
                    .containsExactly(401, 200, 200);

            clock.advance(Duration.ofSeconds(301));
            Image.pull(registry, "team/app", "1.0");

            assertThat(journal.exchanges(manifestGet()))
                    .extracting(e -> e.status())
                    .containsExactly(401, 200, 200, 401, 200);
            assertThat(journal.exchanges().get(0).time()).isBefore(Instant.now());
            assertThat(Duration.between(
                            journal.exchanges(manifestGet()).get(2).time(),
                            journal.exchanges(manifestGet()).get(3).time()))
                    .isGreaterThan(Duration.ofSeconds(300));
        }
    }

    @Test
    void aFaultLastsUntilTheClockIsPutForward() {
        SampleRun.of(Outage.class).succeeded(1);
    }

    @RegistryExtension
    static class Outage {
        @RegistryExtension
        private TestClock clock;

        @RegistryExtension
        private Faults faults;

        @Test
        void test(RegistryServer server, Journal journal) {
            RemoteRegistry registry = RemoteRegistry.at(server.uri());
            ActiveFault outage =
                    faults.on(anyRequest()).lasting(Duration.ofHours(1)).status(503);

            assertThatThrownBy(() -> registry.repositories(Optional.empty(), 10))
                    .hasMessageContaining("503");
            clock.advance(Duration.ofMinutes(59));
            assertThatThrownBy(() -> registry.repositories(Optional.empty(), 10))
                    .hasMessageContaining("503");
            assertThat(outage)
                    .asString()
                    .startsWith("any request, for 3600000 ms: 503")
                    .endsWith("(hit 2 of 2)");

            clock.advance(Duration.ofMinutes(1));

            assertThatCode(() -> registry.repositories(Optional.empty(), 10)).doesNotThrowAnyException();
            assertThat(outage.hits()).isEqualTo(2);
            assertThat(faults).asString().endsWith("(hit 2 of 3; its time is over)");
            assertThat(journal.exchanges()).extracting(e -> e.status()).containsExactly(503, 503, 200);
        }
    }

    @Test
    void aFaultForAWhileIsBoundedByItsCountToo() {
        SampleRun.of(ShortOutages.class).succeeded(1);
    }

    @RegistryExtension
    static class ShortOutages {
        @Test
        void test(RegistryServer server, TestClock clock, Faults faults) {
            RemoteRegistry registry = RemoteRegistry.at(server.uri());
            faults.on(anyRequest()).once().lasting(Duration.ofMillis(1_500)).status(503);

            clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(() -> registry.repositories(Optional.empty(), 10))
                    .hasMessageContaining("503");
            assertThatCode(() -> registry.repositories(Optional.empty(), 10)).doesNotThrowAnyException();

            // One that is put in force now has its time from now on.
            clock.advance(Duration.ofSeconds(1));
            faults.on(anyRequest()).lasting(Duration.ofMillis(1_500)).once().status(502);
            assertThatThrownBy(() -> registry.repositories(Optional.empty(), 10))
                    .hasMessageContaining("502");
            assertThat(faults).asString().contains("any request, 1 time, for 1500 ms: 502");
        }
    }

    @Test
    void anExtensionTakesOneThatOthersGoByToo() {
        SampleRun.of(Limit.class).succeeded(1);
    }

    static class Limit {
        private final TestClock clock = TestClock.stoppedAt(Instant.parse("2026-01-01T00:00:00Z"));

        @RegisterExtension
        final RegistryJUnitExtension hub = RegistryJUnitExtension.builder()
                .clock(clock)
                .configure(server -> server.filter(RegistryProfile.dockerHub(1, clock)))
                .seed(registry -> Image.random(1, 100).pushTo(registry, "library/app", "1.0"))
                .build();

        @Test
        void test() throws Exception {
            RemoteRegistry registry = RemoteRegistry.at(hub.server().uri());
            Image.pull(registry, "library/app", "1.0");
            assertThatThrownBy(() -> Image.pull(registry, "library/app", "1.0")).hasMessageContaining("limit");

            hub.clock().advance(Duration.ofHours(6));

            Image.pull(registry, "library/app", "1.0");
            assertThat(hub.journal().exchanges().get(0).time()).isEqualTo("2026-01-01T00:00:00Z");
        }
    }

    @Test
    void aClockGoesForwardAlone() {
        TestClock clock = TestClock.stoppedAt(Instant.EPOCH);
        Clock there = clock.withZone(ZoneId.of("Asia/Tokyo"));

        clock.advance(Duration.ofDays(1));

        assertThat(there.instant()).isEqualTo("1970-01-02T00:00:00Z");
        assertThat(there.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThatThrownBy(() -> clock.advance(Duration.ofDays(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
