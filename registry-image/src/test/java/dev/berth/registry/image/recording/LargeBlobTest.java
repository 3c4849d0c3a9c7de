package dev.berth.registry.image.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.remote.Credentials;
import dev.berth.registry.image.remote.RemoteHandler;
import dev.berth.registry.jetty.RegistryServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A blob of 150 MB is recorded and replayed by a JVM with 48 MB. */
class LargeBlobTest {

    private static final int SIZE = 150_000_000;

    @TempDir
    Path directory;

    @Test
    void noBlobIsHeldInMemory() throws Exception {
        Image image = Image.random(1, SIZE);
        try (RegistryServer upstream = RegistryServer.builder()
                .directory(directory.resolve("upstream"))
                .start()) {
            image.pushTo(upstream.registry(), "team/app", "1.0");
            Path output = directory.resolve("output");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx48m",
                            "-XX:MaxDirectMemorySize=48m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Small.class.getName(),
                            upstream.uri().toString(),
                            image.layers().get(0).digest().toString(),
                            directory.resolve("recording").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            process.destroyForcibly();

            assertThat(ended).isTrue();
            assertThat(output)
                    .content()
                    .contains("RECORD " + image.layers().get(0).size());
            assertThat(output)
                    .content()
                    .contains("REPLAY " + image.layers().get(0).size());
            assertThat(process.exitValue()).isZero();
        }
    }

    /** The JVM that is small. */
    static final class Small {

        private Small() {}

        public static void main(String[] args) throws Exception {
            for (RecordingMode mode : new RecordingMode[] {RecordingMode.RECORD, RecordingMode.REPLAY}) {
                RemoteHandler upstream = RemoteHandler.at(URI.create(args[0]), Credentials.none());
                try (RecordedRegistry recorded = Recording.at(Path.of(args[2])).of(upstream, mode);
                        RegistryServer server =
                                RegistryServer.builder().filter(recorded).start()) {
                    System.out.println(mode + " " + pull(server, Digest.parse(args[1])));
                }
            }
        }

        private static long pull(RegistryServer server, Digest digest) throws Exception {
            URI blob = server.uri().resolve("/v2/" + new RepositoryName("team/app") + "/blobs/" + digest);
            HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(blob).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return body.transferTo(OutputStream.nullOutputStream());
            }
        }
    }
}
