package dev.berth.registry.image.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.image.Compression;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.Skopeo;
import dev.berth.registry.image.archive.OciLayout;
import dev.berth.registry.image.remote.Credentials;
import dev.berth.registry.image.remote.RemoteHandler;
import dev.berth.registry.jetty.RegistryServer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is not ours, recorded and replayed; left out where it is not installed. */
class SkopeoRecordingTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void needsSkopeo() {
        Skopeo.assumeInstalled();
    }

    private static Image image() {
        return Image.index()
                .add(Image.random(1, 200_000))
                .add(Image.builder()
                        .platform("linux/arm64")
                        .file("/a", "a")
                        .compression(Compression.GZIP)
                        .build())
                .build();
    }

    @Test
    void aPullAndAPushAreReplayedWithoutTheRegistry() throws Exception {
        Image image = image();
        RegistryServer upstream = RegistryServer.start();
        image.pushTo(upstream.registry(), "team/app", "1.0");
        RemoteHandler elsewhere = RemoteHandler.at(upstream.uri(), Credentials.none());
        Recording recording = Recording.at(directory.resolve("recording"));
        try (RecordedRegistry recorded = recording.of(elsewhere, RecordingMode.RECORD);
                RegistryServer server =
                        RegistryServer.builder().filter(recorded).start()) {
            pullAndPush(server, "first");
            assertThat(Image.pull(upstream.registry(), "team/copy", "1.0")).isEqualTo(image);
        }
        upstream.close();

        try (RecordedRegistry recorded = recording.of(elsewhere, RecordingMode.REPLAY);
                RegistryServer server =
                        RegistryServer.builder().filter(recorded).start()) {
            pullAndPush(server, "second");
            assertThat(recorded.misses()).isEmpty();
        }

        assertThat(OciLayout.at(directory.resolve("second")).image("1.0")).isEqualTo(image);
    }

    private void pullAndPush(RegistryServer server, String layout) throws Exception {
        String registry = "docker://" + server.address();
        skopeo().run("copy", "--all", "--src-tls-verify=false", registry + "/team/app:1.0", "oci:" + layout + ":1.0");
        skopeo().run("copy", "--all", "--dest-tls-verify=false", "oci:" + layout + ":1.0", registry + "/team/copy:1.0");
    }

    private Skopeo skopeo() {
        return new Skopeo(directory);
    }
}
