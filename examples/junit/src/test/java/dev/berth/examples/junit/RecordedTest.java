package dev.berth.examples.junit;

import static dev.berth.registry.http.RequestMatch.manifestGet;
import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.junit5.RegistryAddress;
import dev.berth.registry.junit5.RegistryExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What another registry answered once, it answers again, without a network. {@code -Dberth.record=all} asks it anew, and git shows
 * what has changed since.
 */
@RegistryExtension(recording = "src/test/resources/recordings/updater", recordingOf = "https://registry.example")
class RecordedTest {

    @Test
    void theUpdaterFindsWhatATagPointedTo(@RegistryAddress String address) throws Exception {
        Updater updater = new Updater(address, wait -> {});

        assertThat(updater.digest("team/app", "1.0"))
                .isEqualTo("sha256:050cec2437a5a6c4406af6dcbbdb6153f750a1adc047aa596bf737b44782005f");
    }

    @Test
    void whatWasRecordedMayGoWrongToo(@RegistryAddress String address, Faults faults, Journal journal)
            throws Exception {
        faults.on(manifestGet()).once().tooManyRequests(Duration.ofSeconds(30));
        List<Duration> waits = new ArrayList<>();

        String digest = new Updater(address, waits::add).digest("team/app", "1.0");

        assertThat(digest).startsWith("sha256:");
        assertThat(waits).containsExactly(Duration.ofSeconds(30));
        assertThat(journal).sentRequests(2, manifestGet());
    }
}
