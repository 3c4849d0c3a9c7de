package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagChange;
import dev.berth.registry.TagWatch;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.ReferenceCheck;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.layer.ForwardingRegistry;
import dev.berth.registry.layer.QuotaRegistry;
import dev.berth.registry.quota.Quota;
import dev.berth.registry.quota.Usage;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QuotaRegistryTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final CollectionOptions AT_ONCE = CollectionOptions.defaults()
            .withGracePeriod(Duration.ZERO)
            .withUploadAge(Duration.ZERO)
            .withUntaggedOlderThan(Duration.ZERO);

    private final SteppedClock clock = new SteppedClock();
    private final MemoryStorage storage = new MemoryStorage(clock);
    private final StoredRegistry stored = stored();

    private StoredRegistry stored() {
        return new StoredRegistry(
                storage, RegistryOptions.defaults().withClock(clock).withReferenceCheck(ReferenceCheck.NONE));
    }

    private QuotaRegistry limited(Quota... quotas) {
        return new QuotaRegistry(stored, stored.usage(), List.of(quotas));
    }

    @Test
    void aBlobThatIsTooLargeIsRefusedBeforeItIsSent() throws Exception {
        QuotaRegistry registry = limited(Quota.of("team/**").bytes(10));
        new Pusher(registry).blob("team/app", "123456");
        BlobUpload upload = registry.beginUpload(APP, DigestAlgorithm.SHA256);

        assertThatThrownBy(() -> upload.append(OptionalLong.of(5)))
                .isInstanceOfSatisfying(RegistryException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(403);
                    assertThat(refusal.errors().get(0).detail())
                            .containsEntry("limit", "10")
                            .containsEntry("used", "6")
                            .containsEntry("asked", "5")
                            .containsEntry("quota", "team/**");
                })
                .hasMessage(
                        "DENIED: the quota of team/** is 10 bytes, of which 6 are used; 5 more do not fit: delete what is"
                                + " not needed, and let garbage be removed");
        assertThat(registry.resumeUpload(APP, upload.id())).isEmpty();
        assertThat(registry.used().values()).containsExactly(new Usage(6, 0, 0, 0));
    }

    @Test
    void anUploadThatGrowsTooLargeIsEndedAndTakesNoRoom() throws Exception {
        QuotaRegistry registry = limited(Quota.of("**").bytes(10));
        BlobUpload upload = registry.beginUpload(APP, DigestAlgorithm.SHA256);
        try (BlobWriter writer = upload.append()) {
            writer.write(bytes("12345678"));
            assertThat(registry.used().values()).containsExactly(new Usage(8, 0, 0, 1));

            assertDenied(() -> writer.write(bytes("123")));
        }

        assertThat(stored.resumeUpload(APP, upload.id())).isEmpty();
        assertThat(registry.used().values()).containsExactly(new Usage(0, 0, 0, 0));
        new Pusher(registry).blob("team/app", "1234567890");
    }

    @Test
    void whatSeveralRepositoriesHaveCountsOnce() throws Exception {
        QuotaRegistry registry = limited(Quota.of("team/**").bytes(10));
        Pusher pusher = new Pusher(registry);
        pusher.blob("team/app", "12345678");

        assertThat(pusher.mount("team/web", "12345678", "team/app")).isTrue();
        pusher.blob("team/db", "12345678".substring(0, 2));

        assertThat(registry.usage("team/**").bytes()).isEqualTo(10);
        assertThat(registry.usage("team/web").bytes()).isEqualTo(8);
    }

    @Test
    void aMountFromElsewhereCounts() throws Exception {
        QuotaRegistry registry = limited(Quota.of("team/**").bytes(5));
        Pusher pusher = new Pusher(registry);
        pusher.blob("other", "123456");

        assertDenied(() -> pusher.mount("team/app", "123456", "other"));
        assertThat(pusher.mount("team/app", "not there", "other")).isFalse();
        assertThat(stored.blob(APP, Pusher.digest("123456"))).isEmpty();
    }

    @Test
    void tagsAndManifestsCount() throws Exception {
        QuotaRegistry registry = limited(Quota.of("team/**").tags(2).manifests(2));
        Manifest first = manifest("first");
        Manifest second = manifest("second");

        registry.putManifest(APP, first, List.of(new Tag("1"), new Tag("2")));
        registry.putManifest(APP, first, List.of(new Tag("1")));
        registry.putManifest(APP, second, List.of(new Tag("2")));

        assertDenied(() -> registry.putManifest(APP, second, List.of(new Tag("3"))));
        assertDenied(() -> registry.putManifest(APP, manifest("third"), List.of(new Tag("1"))));
        assertThat(registry.used().values().iterator().next().tags()).isEqualTo(2);

        registry.deleteTag(APP, new Tag("1"));
        registry.putManifest(APP, second, List.of(new Tag("3")));
        registry.deleteManifest(APP, first.digest());
        registry.putManifest(APP, manifest("third"), List.of());
        assertThat(registry.usage("**").manifests()).isEqualTo(2);
    }

    @Test
    void anIndependentTagOfAPushThatIsRefusedLeavesNoTrace() throws Exception {
        QuotaRegistry registry = limited(Quota.of("team/**").tags(1));

        assertDenied(() -> registry.putManifest(APP, manifest("a"), List.of(new Tag("1"), new Tag("2"))));

        assertThat(stored.repositories(Optional.empty(), 10).items()).isEmpty();
        registry.putManifest(APP, manifest("a"), List.of(new Tag("1")));
    }

    @Test
    void openUploadsCountUntilTheyEnd() throws Exception {
        QuotaRegistry registry = limited(Quota.of("team/**").uploads(1));
        BlobUpload upload = registry.beginUpload(APP, DigestAlgorithm.SHA256);
        assertDenied(() -> registry.beginUpload(APP, DigestAlgorithm.SHA256));

        upload.cancel();
        BlobUpload wrong = registry.beginUpload(APP, DigestAlgorithm.SHA256);
        assertThatThrownBy(() -> wrong.commit(Pusher.digest("something else"))).isInstanceOf(RegistryException.class);
        registry.beginUpload(APP, DigestAlgorithm.SHA256).commit(Pusher.digest(""));
        registry.beginUpload(APP, DigestAlgorithm.SHA256);
    }

    @Test
    void whatWasThereBeforeTheStartCounts() throws Exception {
        QuotaRegistry before = limited(Quota.of("team/**").bytes(10).uploads(1));
        new Pusher(before).blob("team/app", "1234");
        BlobUpload upload = before.beginUpload(APP, DigestAlgorithm.SHA256);
        try (BlobWriter writer = upload.append()) {
            writer.write(bytes("12345"));
        }

        StoredRegistry restarted = stored();
        QuotaRegistry registry = new QuotaRegistry(
                restarted,
                restarted.usage(),
                List.of(Quota.of("team/**").bytes(10).uploads(1)));

        assertDenied(() -> registry.beginUpload(APP, DigestAlgorithm.SHA256));
        BlobUpload resumed = registry.resumeUpload(APP, upload.id()).orElseThrow();
        assertDenied(() -> resumed.append(OptionalLong.of(2)));
        assertThat(registry.used().values()).containsExactly(new Usage(4, 0, 0, 0));
    }

    @Test
    void whatGoesByAnyWayMakesRoom() throws Exception {
        QuotaRegistry registry = limited(Quota.of("**").bytes(10).uploads(1));
        Pusher pusher = new Pusher(registry);
        pusher.blob("team/app", "1234567890");
        assertDenied(() -> pusher.blob("team/app", "abc"));

        clock.advance(Duration.ofDays(1));
        stored.collector(AT_ONCE).collect();

        pusher.blob("team/app", "abc");
        registry.deleteBlob(APP, Pusher.digest("abc"));
        pusher.blob("team/app", "0123456789");

        BlobUpload abandoned = registry.beginUpload(APP, DigestAlgorithm.SHA256);
        assertThat(stored.resumeUpload(APP, abandoned.id())).isPresent();
        clock.advance(Duration.ofDays(1));
        stored.collector(AT_ONCE).collect();
        registry.beginUpload(APP, DigestAlgorithm.SHA256);
    }

    @Test
    void allQuotasThatConcernARepositoryCount() throws Exception {
        QuotaRegistry registry =
                limited(Quota.of("**").bytes(10), Quota.of("team/**").bytes(4));
        Pusher pusher = new Pusher(registry);

        assertDenied(() -> pusher.blob("team/app", "12345"));
        pusher.blob("other", "1234567");
        assertDenied(() -> pusher.blob("team/app", "1234"));
        pusher.blob("team/app", "123");
        assertThat(registry.used().values()).extracting(Usage::bytes).containsExactly(10L, 3L);
    }

    @Test
    void manyPushersAtOnceNeverGetPastAQuota() throws Exception {
        long limit = 2_000;
        TagCount tags = new TagCount(stored);
        QuotaRegistry registry = new QuotaRegistry(
                tags,
                stored.usage(),
                List.of(Quota.of("team/**").bytes(limit).tags(20).manifests(25).uploads(3)));
        AtomicInteger refused = new AtomicInteger();
        for (int round = 0; round < 30; round++) {
            List<CompletableFuture<Void>> pushers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Random random = new Random(10 * round + i);
                pushers.add(CompletableFuture.runAsync(() -> steps(registry, random, refused)));
            }
            CompletableFuture.allOf(pushers.toArray(new CompletableFuture<?>[0]))
                    .join();

            Usage counted = registry.usage("team/**");
            Usage used = registry.used().values().iterator().next();
            assertThat(tags.most()).isLessThanOrEqualTo(20);
            assertThat(counted.manifests()).isLessThanOrEqualTo(used.manifests());
            assertThat(counted.tags()).isLessThanOrEqualTo(used.tags());
            assertThat(counted.bytes()).isLessThanOrEqualTo(used.bytes());
            assertThat(counted.uploads()).isEqualTo(used.uploads());
            assertThat(used.bytes()).isLessThanOrEqualTo(limit);
            assertThat(used.tags()).isLessThanOrEqualTo(20);
            assertThat(used.manifests()).isLessThanOrEqualTo(25);
        }
        assertThat(refused).hasPositiveValue();
    }

    private static void steps(QuotaRegistry registry, Random random, AtomicInteger refused) {
        for (int step = 0; step < 100; step++) {
            try {
                step(registry, random);
            } catch (RegistryException e) {
                assertThat(e.code()).isIn(ErrorCode.DENIED, ErrorCode.BLOB_UPLOAD_UNKNOWN);
                refused.incrementAndGet();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Counts tags from when they are there until they are about to go: never more than there are. */
    private static final class TagCount extends ForwardingRegistry {

        private final AtomicInteger count = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final TagWatch counting = new TagWatch() {
            @Override
            public void before(TagChange change) {
                if (change.deletes()) {
                    count.decrementAndGet();
                }
            }

            @Override
            public void after(TagChange change) {
                if (change.creates()) {
                    most.accumulateAndGet(count.incrementAndGet(), Math::max);
                }
            }
        };

        TagCount(Registry next) {
            super(next);
        }

        int most() {
            return most.get();
        }

        @Override
        public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch)
                throws IOException {
            super.putManifest(repository, manifest, tags, watch.and(counting));
        }

        @Override
        public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
            return super.deleteManifest(repository, digest, watch.and(counting));
        }

        @Override
        public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
            return super.deleteTag(repository, tag, watch.and(counting));
        }
    }

    private static void step(QuotaRegistry registry, Random random) throws IOException {
        RepositoryName repository = new RepositoryName("team/r" + random.nextInt(3));
        String content = "x".repeat(random.nextInt(300)) + random.nextInt(5);
        switch (random.nextInt(6)) {
            case 0, 1 -> new Pusher(registry).blob(repository.value(), content);
            case 2 -> registry.mountBlob(repository, Pusher.digest(content), Optional.empty());
            case 3 ->
                registry.putManifest(
                        repository, manifest("m" + random.nextInt(30)), List.of(new Tag("t" + random.nextInt(12))));
            case 4 -> registry.deleteTag(repository, new Tag("t" + random.nextInt(12)));
            default -> {
                registry.deleteBlob(repository, Pusher.digest(content));
                registry.deleteManifest(
                        repository, manifest("m" + random.nextInt(30)).digest());
            }
        }
    }

    private static Manifest manifest(String note) {
        return Manifest.parse(
                ("{\"schemaVersion\":2,\"annotations\":{\"note\":\"" + note + "\"}}").getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                DigestAlgorithm.SHA256);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
    }
}
