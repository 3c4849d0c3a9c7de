package dev.berth.registry.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.http.HttpOptions;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import dev.berth.registry.testkit.powerloss.NotingFileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody takes the permission to write to the directory away, and gives it back, while it is served. */
class DeniedDirectoryTest {

    private static final byte[] BLOB = "content".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MORE = "more".getBytes(StandardCharsets.UTF_8);
    private static final byte[] INDEX =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private final JdkHttpBinding binding = new JdkHttpBinding();
    private NotingFileSystem disk;
    private Storage storage;
    private RegistryClient client;
    private String blob;

    /** What changes something. */
    private enum Change {
        UPLOAD_BEGIN("POST", "/v2/team/app/blobs/uploads/", new byte[0]),
        BLOB_AT_ONCE("POST", "/v2/team/app/blobs/uploads/?digest=" + Digest.of(MORE), MORE),
        MOUNT("POST", "/v2/team/copy/blobs/uploads/?from=team/app&mount=" + Digest.of(BLOB), new byte[0]),
        MANIFEST_PUT("PUT", "/v2/team/app/manifests/2.0", INDEX),
        TAG_MOVE("PUT", "/v2/team/app/manifests/1.0", "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8)),
        TAG_DELETE("DELETE", "/v2/team/app/manifests/1.0", new byte[0]),
        MANIFEST_DELETE("DELETE", "/v2/team/app/manifests/" + Digest.of(INDEX), new byte[0]),
        BLOB_DELETE("DELETE", "/v2/team/app/blobs/" + Digest.of(BLOB), new byte[0]);

        private final String method;
        private final String path;
        private final byte[] body;

        Change(String method, String path, byte[] body) {
            this.method = method;
            this.path = path;
            this.body = body;
        }
    }

    @BeforeEach
    void anImageIsThere() throws IOException {
        disk = NotingFileSystem.of(directory);
        storage = FileStorage.open(disk.root(), Durability.DURABLE);
        URI address = binding.start(RegistryHandler.of(new StoredRegistry(storage), HttpOptions.defaults()));
        client = new RegistryClient(address);
        blob = "/v2/team/app/blobs/" + client.pushBlob("team/app", BLOB);
        assertThat(push("1.0").status()).isEqualTo(201);
    }

    @AfterEach
    void stop() throws IOException {
        binding.close();
        storage.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatWouldChangeSomethingIsAnsweredAndChangesNothing(Change change) {
        disk.refuseChanges(true);

        Answer refused = send(change);

        assertRefused(refused);
        assertThat(client.send("GET", blob).body()).isEqualTo(BLOB);
        assertThat(client.send("GET", "/v2/team/app/manifests/1.0").body()).isEqualTo(INDEX);
        assertThat(client.send("GET", "/v2/team/app/tags/list").text()).contains("[\"1.0\"]");
        disk.refuseChanges(false);
        assertThat(send(change).status()).isBetween(200, 299);
    }

    @Test
    void anUploadGoesOnWhenItMayBeWrittenAgain() {
        String session = client.send("POST", "/v2/team/app/blobs/uploads/").header("Location");
        session = client.send("PATCH", session, "mo".getBytes(StandardCharsets.UTF_8))
                .header("Location");
        disk.refuseChanges(true);

        assertRefused(client.send("PATCH", session, "re".getBytes(StandardCharsets.UTF_8)));
        assertThat(client.send("GET", session).header("Range")).isEqualTo("0-1");

        disk.refuseChanges(false);
        session = client.send("PATCH", session, "re".getBytes(StandardCharsets.UTF_8))
                .header("Location");
        disk.refuseChanges(true);
        String commit = session + (session.contains("?") ? "&" : "?") + "digest=" + Digest.of(MORE);
        assertRefused(client.send("PUT", commit));

        disk.refuseChanges(false);
        assertThat(client.send("PUT", commit).status()).isEqualTo(201);
        assertThat(client.send("GET", "/v2/team/app/blobs/" + Digest.of(MORE)).body())
                .isEqualTo(MORE);
    }

    private Answer push(String tag) {
        return client.send("PUT", "/v2/team/app/manifests/" + tag, INDEX, "Content-Type", type());
    }

    private Answer send(Change change) {
        return client.send(change.method, change.path, change.body, "Content-Type", type());
    }

    private static String type() {
        return "application/vnd.oci.image.index.v1+json";
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.text()).contains("\"code\":\"UNAVAILABLE\"").doesNotContain("docker/registry");
    }
}
