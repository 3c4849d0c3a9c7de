package dev.berth.examples.junit;

import static dev.berth.registry.http.RequestMatch.manifestGet;
import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.http.profile.RegistryProfile;
import dev.berth.registry.image.Image;
import dev.berth.registry.junit5.RegistryJUnitExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An updater meets the limit of Docker Hub, in six hours that take no time. */
class RateLimitTest {

    @RegisterExtension
    final RegistryJUnitExtension hub = RegistryJUnitExtension.builder()
            .filter(clock -> RegistryProfile.dockerHub(2, clock))
            .seed(RateLimitTest::fill)
            .build();

    private static void fill(Registry registry) throws Exception {
        Image.random(1, 1000).pushTo(registry, "library/app", "latest");
    }

    @Test
    void theUpdaterWaitsAsLongAsItIsTold() throws Exception {
        List<Duration> waits = new ArrayList<>();
        Updater updater = new Updater(hub.address(), duration -> {
            waits.add(duration);
            hub.clock().advance(duration);
        });

        for (int i = 0; i < 3; i++) {
            assertThat(updater.digest("library/app", "latest")).startsWith("sha256:");
        }

        assertThat(waits).containsExactly(Duration.ofHours(6));
        assertThat(hub.journal()).sentRequests(4, manifestGet());
    }
}
