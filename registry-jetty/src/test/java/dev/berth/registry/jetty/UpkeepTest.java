package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.ReferenceCheck;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.layer.NoDeleteRegistry;
import dev.berth.registry.retention.Keep;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class UpkeepTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final RegistryOptions ANYTHING = RegistryOptions.defaults().withReferenceCheck(ReferenceCheck.NONE);
    private static final RetentionPolicy NEWEST =
            RetentionPolicy.builder().in("**", all -> all.keep(Keep.newest(1))).build();

    @Test
    void aPolicyIsCarriedOutThoughNoClientMayDelete() throws Exception {
        try (RegistryServer server = RegistryServer.builder()
                .retain(OFTEN, NEWEST)
                .layer(NoDeleteRegistry::new)
                .registryOptions(ANYTHING)
                .start()) {
            push(server.registry(), "1");
            push(server.registry(), "2");

            await(() -> tags(server.registry()).equals(List.of("2")));
            assertThatThrownBy(() -> server.registry().deleteTag(APP, new Tag("2")))
                    .isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void whatALayerToldBeforeRefusesIsRespected() throws Exception {
        AtomicBoolean paused = new AtomicBoolean(true);
        try (RegistryServer server = RegistryServer.builder()
                .layer(NoDeleteRegistry::new)
                .retain(OFTEN, NEWEST)
                .purgeUploads(OFTEN, Duration.ZERO, false)
                .pauseUpkeepWhile(paused::get)
                .registryOptions(ANYTHING)
                .start()) {
            push(server.registry(), "1");
            push(server.registry(), "2");
            BlobUpload upload = server.registry().beginUpload(APP, DigestAlgorithm.SHA256);
            paused.set(false);

            // Retention comes first in each round.
            await(() -> server.registry().resumeUpload(APP, upload.id()).isEmpty());
            assertThat(tags(server.registry())).containsExactly("1", "2");
        }
    }

    @Test
    void whatWasPulledIsKnownAfterTheEnd() throws Exception {
        try (MemoryStorage storage = new MemoryStorage()) {
            try (RegistryServer server = RegistryServer.builder()
                    .storage(storage)
                    .retain(Duration.ofHours(1), NEWEST)
                    .registryOptions(ANYTHING)
                    .start()) {
                push(server.registry(), "1");
                server.registry().manifest(APP, new Tag("1"));
            }

            assertThat(new StoredRegistry(storage).lastUses().pulled(APP, new Tag("1")))
                    .isPresent();
        }
    }

    @Test
    void whatCannotBeDoneIsRefusedAtOnce() {
        assertThatThrownBy(() -> RegistryServer.builder().retain(Duration.ZERO, NEWEST))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RegistryServer.builder().purgeUploads(OFTEN, OFTEN.negated(), false))
                .isInstanceOf(IllegalArgumentException.class);
        Registry other = new NoDeleteRegistry(new StoredRegistry(new MemoryStorage()));
        assertThatThrownBy(() -> RegistryServer.builder()
                        .registry(other)
                        .retain(OFTEN, NEWEST)
                        .start())
                .isInstanceOf(IllegalStateException.class);
    }

    private static void push(Registry registry, String tag) throws IOException {
        byte[] json =
                ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"annotations\":"
                                + "{\"tag\":\"" + tag + "\"}}")
                        .getBytes(StandardCharsets.UTF_8);
        registry.putManifest(
                APP, Manifest.parse(json, Optional.empty(), DigestAlgorithm.SHA256), List.of(new Tag(tag)));
    }

    private static List<String> tags(Registry registry) throws IOException {
        return registry.tags(APP, Optional.empty(), 10).orElseThrow().items().stream()
                .map(Tag::value)
                .toList();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(condition.holds()).isTrue();
    }
}
