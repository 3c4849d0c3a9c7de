package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.http.RequestMatch;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.recording.RecordedRegistry;
import dev.berth.registry.image.recording.Recording;
import dev.berth.registry.image.recording.RecordingMode;
import dev.berth.registry.image.remote.Credentials;
import dev.berth.registry.image.remote.RemoteHandler;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests whose registry stands in for another one. */
class RecordingTest {

    private static final String DIRECTORY = "target/recordings/pull";

    @BeforeAll
    static void record() throws IOException {
        try (RegistryServer upstream = RegistryServer.start()) {
            Image.random(1, 1000).pushTo(upstream.registry(), "team/app", "1.0");
            RemoteHandler elsewhere = RemoteHandler.at(upstream.uri(), Credentials.none());
            try (RecordedRegistry recorded = Recording.at(Path.of(DIRECTORY)).of(elsewhere, RecordingMode.RECORD);
                    RegistryServer server =
                            RegistryServer.builder().filter(recorded).start()) {
                pull(server);
            }
        }
    }

    private static void pull(RegistryServer server) throws IOException {
        assertThat(Image.pull(RemoteRegistry.at(server.uri()), "team/app", "1.0"))
                .isEqualTo(Image.random(1, 1000));
    }

    @Test
    void aTestPullsFromARegistryThatIsGone() {
        SampleRun.of(Annotated.class).succeeded(1);
        SampleRun.of(InCode.class).succeeded(1);
    }

    @RegistryExtension(recording = DIRECTORY, recordingOf = "http://127.0.0.1:1")
    static class Annotated {
        @Test
        void test(RegistryServer server, RecordedRegistry recorded, Faults faults) throws IOException {
            faults.on(RequestMatch.blobHead()).once().withoutHeader("Docker-Content-Digest");
            pull(server);
            assertThat(recorded.mode()).isEqualTo(RecordingMode.REPLAY);
            assertThat(recorded.misses()).isEmpty();
        }
    }

    static class InCode {
        @RegisterExtension
        final RegistryJUnitExtension hub = RegistryJUnitExtension.builder()
                .recording(Path.of(DIRECTORY), "http://127.0.0.1:1")
                .build();

        @Test
        void test() throws IOException {
            pull(hub.server());
        }
    }

    @Test
    void whatIsHalfSaidIsExplained() {
        assertThat(failure(WithoutDirectory.class)).contains("one of them is missing");
        assertThat(failure(NoRecording.class)).contains("@RegistryExtension(recording =");
        assertThat(failure(NotAUrl.class)).contains("registry.example cannot be used", "https://registry.example.com");
    }

    private static String failure(Class<?> sample) {
        return String.valueOf(SampleRun.of(sample).failed(1).failures().get(0).getMessage());
    }

    @RegistryExtension(recordingOf = "http://127.0.0.1:1")
    static class WithoutDirectory {
        @Test
        void test() {}
    }

    @RegistryExtension
    static class NoRecording {
        @Test
        void test(RecordedRegistry recorded) {
            assertThat(recorded).isNull();
        }
    }

    @RegistryExtension(recording = DIRECTORY, recordingOf = "registry.example")
    static class NotAUrl {
        @Test
        void test() {}
    }
}
