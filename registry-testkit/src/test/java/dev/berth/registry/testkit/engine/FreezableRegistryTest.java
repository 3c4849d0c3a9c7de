package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagChange;
import dev.berth.registry.TagWatch;
import dev.berth.registry.engine.ReferenceCheck;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.layer.FreezableRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FreezableRegistryTest {

    private static final RepositoryName APP = new RepositoryName("team/app");

    private final FreezableRegistry registry = new FreezableRegistry(new StoredRegistry(
            new MemoryStorage(), RegistryOptions.defaults().withReferenceCheck(ReferenceCheck.NONE)));
    private final Pusher pusher = new Pusher(registry);

    @Test
    void whatIsThereIsPulledAndNothingIsChanged() throws Exception {
        pusher.blob("team/app", "config");
        Manifest image = pusher.image("team/app", List.of("1"), "", "config");

        registry.freeze("a backup is being made");

        assertThat(registry.manifest(APP, new Tag("1"))).contains(image);
        assertThat(registry.blob(APP, Pusher.digest("config"))).isPresent();
        assertRefused(() -> pusher.image("team/app", List.of("1"), "another", "config"));
        assertRefused(() -> pusher.mount("other", "config", "team/app"));
        assertRefused(() -> registry.beginUpload(APP, DigestAlgorithm.SHA256));
        assertRefused(() -> registry.deleteTag(APP, new Tag("1")));
        assertRefused(() -> registry.deleteManifest(APP, image.digest()));
        assertRefused(() -> registry.deleteBlob(APP, Pusher.digest("config")));

        registry.thaw();
        assertThat(registry.deleteTag(APP, new Tag("1"))).isTrue();
    }

    @Test
    void anUploadThatIsOnItsWayIsToldAndGoesOnAfterwards() throws Exception {
        BlobUpload upload = registry.beginUpload(APP, DigestAlgorithm.SHA256);
        try (BlobWriter writer = upload.append()) {
            writer.write(bytes("first "));
            registry.freeze("a backup is being made");
            // What a client is sending already is taken in; it changes nothing that can be pulled.
            writer.write(bytes("second"));
        }
        BlobUpload resumed = registry.resumeUpload(APP, upload.id()).orElseThrow();
        assertThat(resumed.size()).isEqualTo(12);
        assertRefused(resumed::append);
        assertRefused(() -> resumed.commit(Pusher.digest("first second")));
        assertRefused(resumed::cancel);

        registry.thaw();

        assertThat(resumed.commit(Pusher.digest("first second")).size()).isEqualTo(12);
    }

    @Test
    void whoMakesABackupWaitsForWhatHasBegun() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TagWatch slow = new TagWatch() {
            @Override
            public void before(TagChange change) {
                inside.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        Manifest image = pusher.image("team/app", List.of(), "", "config");
        CompletableFuture<Void> push = CompletableFuture.runAsync(() -> {
            try {
                registry.putManifest(APP, image, List.of(new Tag("1")), slow);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        inside.await();
        registry.freeze();

        assertThat(registry.awaitRest(Duration.ofMillis(10))).isFalse();
        goOn.countDown();
        assertThat(registry.awaitRest(Duration.ofSeconds(20))).isTrue();

        assertThat(registry.manifest(APP, new Tag("1"))).isPresent();
        push.join();
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
                    assertThat(e.status()).isEqualTo(405);
                })
                .hasMessageContaining("a backup is being made");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
