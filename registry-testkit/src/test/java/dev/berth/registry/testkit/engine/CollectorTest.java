package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.CollectionListener;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.CollectionProgress;
import dev.berth.registry.engine.CollectionReport;
import dev.berth.registry.engine.Garbage;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectorTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final Duration DAY = Duration.ofDays(1);

    private final SteppedClock clock = new SteppedClock();
    private final MemoryStorage storage = new MemoryStorage(clock);
    private final StoredRegistry registry =
            new StoredRegistry(storage, RegistryOptions.defaults().withClock(clock));
    private final Pusher pusher = new Pusher(registry);
    private final CollectionOptions untagged = CollectionOptions.defaults().withUntaggedOlderThan(Duration.ZERO);

    @Test
    void whatATagLeadsToStays() throws Exception {
        Manifest image = pushImage("team/app", "1.0", "config", "layer");
        clock.advance(DAY.multipliedBy(100));

        CollectionReport report = registry.collector(untagged).collect();

        assertThat(report.bytes()).isZero();
        assertThat(report.repositories()).isEmpty();
        assertThat(kept()).containsExactlyInAnyOrder(image.digest(), Pusher.digest("config"), Pusher.digest("layer"));
    }

    @Test
    void aBlobThatNoManifestNamesGoesAfterItsGrace() throws Exception {
        pusher.blob("team/app", "stray");
        clock.advance(DAY.minusSeconds(1));
        assertThat(registry.collector(CollectionOptions.defaults()).collect().blobs())
                .isZero();

        clock.advance(Duration.ofSeconds(2));
        CollectionReport report =
                registry.collector(CollectionOptions.defaults()).collect();

        assertThat(report.blobs()).isEqualTo(1);
        assertThat(report.bytes()).isEqualTo("stray".length());
        assertThat(report.repositories().get(APP).links()).isEqualTo(1);
        assertThat(kept()).isEmpty();
        assertThat(registry.blob(APP, Pusher.digest("stray"))).isEmpty();
    }

    @Test
    void whoeverAsksForABlobMayRelyOnIt() throws Exception {
        pusher.blob("team/app", "config");
        clock.advance(DAY.multipliedBy(2));

        assertThat(registry.blob(APP, Pusher.digest("config"))).isPresent();
        registry.collector(CollectionOptions.defaults()).collect();
        pusher.image("team/app", List.of("1.0"), "", "config");

        assertThat(kept()).contains(Pusher.digest("config"));
    }

    @Test
    void untaggedManifestsStayUnlessTheyAreToGo() throws Exception {
        Manifest old = pushImage("team/app", "1.0", "old config", "shared");
        Manifest current = pushImage("team/app", "1.0", "new config", "shared");
        clock.advance(DAY.multipliedBy(2));

        registry.collector(CollectionOptions.defaults()).collect();
        assertThat(kept()).hasSize(5);

        List<Garbage> garbage = new ArrayList<>();
        registry.collector(untagged)
                .collect(
                        new CollectionListener() {
                            @Override
                            public void collected(Garbage found) {
                                garbage.add(found);
                            }
                        },
                        () -> false);

        assertThat(kept())
                .containsExactlyInAnyOrder(current.digest(), Pusher.digest("new config"), Pusher.digest("shared"));
        assertThat(registry.manifest(APP, old.digest())).isEmpty();
        assertThat(garbage)
                .hasExactlyElementsOfTypes(
                        Garbage.UntaggedManifest.class,
                        Garbage.BlobLink.class,
                        Garbage.UnusedBlob.class,
                        Garbage.UnusedBlob.class);
        assertThat(garbage.get(0).reason()).startsWith("no tag leads to it");
    }

    @Test
    void anIndexKeepsItsManifestsAndASubjectItsReferrers() throws Exception {
        pusher.blob("team/app", "config");
        Manifest child = pusher.image("team/app", List.of(), "child", "config");
        Manifest index = pusher.index("team/app", List.of("multi"), child);
        pusher.blob("team/app", "{}");
        Manifest signature = pusher.referrer("team/app", child, "{}");
        Manifest signatureOfSignature = pusher.referrer("team/app", signature, "{}");
        clock.advance(DAY.multipliedBy(2));

        registry.collector(untagged).collect();

        assertThat(kept()).contains(child.digest(), index.digest(), signature.digest(), signatureOfSignature.digest());

        registry.deleteTag(APP, new Tag("multi"));
        clock.advance(DAY.multipliedBy(2));
        registry.collector(untagged).collect();

        assertThat(kept()).isEmpty();
        assertThat(registry.repositories(Optional.empty(), 10).items()).isEmpty();
    }

    @Test
    void aBlobStaysAsLongAsAnyRepositoryHasIt() throws Exception {
        pushImage("team/app", "1.0", "config", "layer");
        pusher.mount("other", "config", "team/app");
        pusher.mount("other", "layer", "team/app");
        pusher.image("other", List.of("1.0"), "another", "config", "layer");
        registry.deleteManifest(
                APP, registry.manifest(APP, new Tag("1.0")).orElseThrow().digest());
        clock.advance(DAY.multipliedBy(2));

        CollectionReport report =
                registry.collector(CollectionOptions.defaults()).collect();

        assertThat(report.repositories().get(APP).links()).isEqualTo(2);
        assertThat(report.blobs()).isEqualTo(1);
        assertThat(kept()).contains(Pusher.digest("config"), Pusher.digest("layer"));
        assertThat(registry.blob(APP, Pusher.digest("layer"))).isEmpty();
        assertThat(registry.blob(new RepositoryName("other"), Pusher.digest("layer")))
                .isPresent();
    }

    @Test
    void aDryRunRemovesNothingAndSaysTheSame() throws Exception {
        pushImage("team/app", "1.0", "old config", "layer");
        pushImage("team/app", "1.0", "new config", "layer");
        registry.beginUpload(APP, DigestAlgorithm.SHA256);
        clock.advance(DAY.multipliedBy(10));
        Set<Digest> before = kept();

        CollectionReport dry = registry.collector(untagged).dryRun(CollectionListener.none(), () -> false);
        assertThat(kept()).isEqualTo(before);
        CollectionReport wet = registry.collector(untagged).collect();

        assertThat(dry.dryRun()).isTrue();
        assertThat(wet.repositories()).isEqualTo(dry.repositories());
        assertThat(wet.blobs()).isEqualTo(dry.blobs()).isEqualTo(2);
        assertThat(wet.bytes()).isEqualTo(dry.bytes());
    }

    @Test
    void anUploadThatRestsIsDropped() throws Exception {
        BlobUpload upload = registry.beginUpload(APP, DigestAlgorithm.SHA256);
        clock.advance(Duration.ofDays(6));
        registry.collector(CollectionOptions.defaults()).collect();
        assertThat(registry.resumeUpload(APP, upload.id())).isPresent();

        clock.advance(Duration.ofDays(2));
        CollectionReport report =
                registry.collector(CollectionOptions.defaults()).collect();

        assertThat(report.total().uploads()).isEqualTo(1);
        assertThat(registry.resumeUpload(APP, upload.id())).isEmpty();
    }

    @Test
    void whereAManifestCannotBeReadNothingIsRemoved() throws Exception {
        Manifest image = pushImage("team/app", "1.0", "config");
        pusher.blob("team/app", "stray");
        storage.blobs().delete(image.digest());
        clock.advance(DAY.multipliedBy(2));

        // A registry that has not read the manifest before.
        StoredRegistry fresh =
                new StoredRegistry(storage, RegistryOptions.defaults().withClock(clock));
        CollectionReport report = fresh.collector(untagged).collect();

        assertThat(report.bytes()).isZero();
        assertThat(report.obstacles())
                .singleElement()
                .asString()
                .contains("team/app", image.digest().toString());
        assertThat(kept()).contains(Pusher.digest("config"), Pusher.digest("stray"));
    }

    @Test
    void aDamagedManifestIsDeletedByItsDigestAndTheRestGoes() throws Exception {
        Manifest image = pushImage("team/app", "1.0", "config");
        storage.blobs().delete(image.digest());
        storage.blobs().put(image.digest(), ByteBuffer.wrap("damaged".getBytes(StandardCharsets.UTF_8)));
        StoredRegistry fresh =
                new StoredRegistry(storage, RegistryOptions.defaults().withClock(clock));
        clock.advance(DAY.multipliedBy(2));
        assertThat(fresh.collector(untagged).collect().obstacles()).hasSize(1);

        assertThat(fresh.deleteManifest(APP, image.digest())).isTrue();
        clock.advance(DAY.multipliedBy(2));
        fresh.collector(untagged).collect();

        assertThat(fresh.manifest(APP, new Tag("1.0"))).isEmpty();
        assertThat(kept()).isEmpty();
    }

    @Test
    void aCollectionIsCancelled() throws Exception {
        for (int i = 0; i < 100; i++) {
            pusher.blob("team/app", "stray " + i);
        }
        clock.advance(DAY.multipliedBy(2));
        int[] asked = {0};

        CollectionReport report = registry.collector(CollectionOptions.defaults())
                .collect(CollectionListener.none(), () -> ++asked[0] > 50);

        assertThat(report.cancelled()).isTrue();
        assertThat(kept()).hasSize(100);
        assertThat(registry.collector(CollectionOptions.defaults()).collect().blobs())
                .isEqualTo(100);
        assertThat(kept()).isEmpty();
    }

    @Test
    void oneCollectionGoesOnAtATime() throws Exception {
        pushImage("team/app", "1.0", "config");
        List<CollectionProgress.Phase> phases = new ArrayList<>();

        registry.collector(untagged)
                .collect(
                        new CollectionListener() {
                            @Override
                            public void progress(CollectionProgress progress) {
                                phases.add(progress.phase());
                                assertThatThrownBy(() ->
                                                registry.collector(untagged).collect())
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessageContaining("goes on already");
                            }
                        },
                        () -> false);

        assertThat(phases).containsExactly(CollectionProgress.Phase.values());
        registry.collector(untagged).collect();
    }

    private Manifest pushImage(String repository, String tag, String... blobs) throws IOException {
        for (String blob : blobs) {
            pusher.blob(repository, blob);
        }
        return pusher.image(repository, List.of(tag), "", blobs);
    }

    private Set<Digest> kept() throws IOException {
        Set<Digest> kept = new HashSet<>();
        storage.blobs().forEachBlob(blob -> kept.add(blob.digest()));
        return kept;
    }
}
