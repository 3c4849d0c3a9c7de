package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.engine.TagHistory;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.layer.ForwardingRegistry;
import dev.berth.registry.layer.ImmutableTags;
import dev.berth.registry.layer.ImmutableTagsRegistry;
import dev.berth.registry.layer.NotifyingRegistry;
import dev.berth.registry.layer.ReadOnlyRegistry;
import dev.berth.registry.retention.Keep;
import dev.berth.registry.retention.RetentionCount;
import dev.berth.registry.retention.RetentionDecision;
import dev.berth.registry.retention.RetentionListener;
import dev.berth.registry.retention.RetentionPlan;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.retention.RetentionReport;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final Duration DAY = Duration.ofDays(1);

    private final SteppedClock clock = new SteppedClock();
    private final MemoryStorage storage = new MemoryStorage(clock);
    private final StoredRegistry registry = new StoredRegistry(
            storage, RegistryOptions.defaults().withClock(clock).withNotesOfUses(true));
    private final Pusher pusher = new Pusher(registry);

    @BeforeEach
    void aConfiguration() throws IOException {
        pusher.blob("team/app", "config");
    }

    @Test
    void aPlanDeletesNothingAndApplyingItDeletesWhatItSays() throws Exception {
        push("1", "2", "3");
        RetentionPolicy policy = keeping(Keep.newest(1));

        RetentionPlan plan = registry.retention(policy).plan();
        assertThat(plan.count()).isEqualTo(new RetentionCount(1, 2, 0, 0));
        assertThat(tags()).containsExactly("1", "2", "3");
        assertThat(plan.decisions().map(RetentionDecision::toString).toList().get(0))
                .startsWith("team/app:1 deleted because it is not among what is kept (the newest 1)");

        RetentionReport report = registry.retention(policy).apply(plan, registry);

        assertThat(report.total()).isEqualTo(plan.count());
        assertThat(tags()).containsExactly("3");
    }

    @Test
    void otherRepositoriesAreLeftAlone() throws Exception {
        push("1", "2");
        RetentionPolicy policy = RetentionPolicy.builder()
                .in("other/**", other -> other.keep(Keep.newest(1)).deleteUntaggedAfter(Duration.ZERO))
                .build();

        assertThat(run(policy, registry).repositories()).isEmpty();
        assertThat(tags()).containsExactly("1", "2");
    }

    @Test
    void aTagThatHasMovedSinceStays() throws Exception {
        push("1", "2");

        RetentionReport report = run(keeping(Keep.newest(1)), beforeEachDelete(tag -> push("1")));

        assertThat(tags()).containsExactly("1", "2");
        assertThat(report.total().tagsDeleted()).isZero();
    }

    @Test
    void aTagThatHasBeenPushedAgainAsItWasStays() throws Exception {
        push("1", "2");
        Manifest same = registry.manifest(APP, new Tag("1")).orElseThrow();
        List<RetentionDecision> decisions = new ArrayList<>();

        registry.retention(keeping(Keep.newest(1)))
                .run(
                        beforeEachDelete(tag -> {
                            clock.advance(Duration.ofMillis(1));
                            registry.putManifest(APP, same, List.of(tag));
                        }),
                        decisions::add,
                        () -> false);

        assertThat(tags()).containsExactly("1", "2");
        assertThat(decisions.get(0).toString()).isEqualTo("team/app:1 kept because it has just been pushed again");
    }

    @Test
    void aPlanThatIsOldDeletesNothingThatWouldStayByNow() throws Exception {
        push("1", "2", "3");
        RetentionPolicy policy = keeping(Keep.newest(1));
        RetentionPlan plan = registry.retention(policy).plan();
        push("1");
        push("4");

        registry.retention(policy).apply(plan, registry);

        // 3 was to stay by the plan, and 4 was not there.
        assertThat(tags()).containsExactly("3", "4");
    }

    @Test
    void immutableTagsStayUnlessTheLayerIsLeftOut() throws Exception {
        push("1.0.0", "1.0.1");
        ImmutableTags immutable = ImmutableTags.in("**", "semver");
        Registry layered = new ImmutableTagsRegistry(registry, immutable);
        RetentionPolicy policy = keeping(Keep.newest(1));
        List<RetentionDecision> decisions = new ArrayList<>();

        registry.retention(policy).run(layered, decisions::add, () -> false);
        assertThat(tags()).containsExactly("1.0.0", "1.0.1");
        assertThat(decisions.get(0).toString()).contains("kept because the tag 1.0.0 of team/app is immutable");

        RetentionPlan plan =
                registry.retention(policy).sparing(immutable::contains).plan();
        assertThat(plan.decisions()).allMatch(RetentionDecision::keeps);

        run(policy, registry);
        assertThat(tags()).containsExactly("1.0.1");
    }

    @Test
    void aRegistryThatRefusesAllChangesIsLeftAsItIs() throws Exception {
        push("1", "2");

        assertThat(run(keeping(Keep.newest(1)), new ReadOnlyRegistry(registry)).total())
                .isEqualTo(new RetentionCount(2, 0, 0, 0));
        assertThat(tags()).containsExactly("1", "2");
    }

    @Test
    void eventsAndTheHistoryTellIt() throws Exception {
        push("1", "2");
        TagHistory history = new TagHistory(storage, 10);
        try (Events events = new Events()) {
            List<RegistryEvent> told = new ArrayList<>();
            events.subscribe(told::add);
            events.subscribe(history);

            run(keeping(Keep.newest(1)), new NotifyingRegistry(registry, events, clock));

            assertThat(told).singleElement().isInstanceOf(RegistryEvent.TagDeleted.class);
            assertThat(history.of(APP, new Tag("1")).get(0).to()).isEmpty();
        }
    }

    @Test
    void untaggedManifestsGoAndWhatIsNeededStays() throws Exception {
        Manifest child = pusher.image("team/app", List.of(), "child", "config");
        Manifest index = pusher.index("team/app", List.of("multi"), child);
        Manifest signature = pusher.referrer("team/app", child, "config");
        Manifest stray = pusher.image("team/app", List.of(), "stray", "config");
        clock.advance(DAY.multipliedBy(8));
        RetentionPolicy policy = untaggedAfter(DAY.multipliedBy(7));

        assertThat(run(policy, registry).total()).isEqualTo(new RetentionCount(1, 0, 2, 1));
        assertThat(registry.manifest(APP, stray.digest())).isEmpty();
        assertThat(List.of(child, index, signature)).allMatch(this::isThere);

        registry.deleteTag(APP, new Tag("multi"));
        clock.advance(DAY.multipliedBy(6));
        assertThat(run(policy, registry).total().manifestsDeleted()).isZero();

        clock.advance(DAY.multipliedBy(2));
        assertThat(run(policy, registry).total().manifestsDeleted()).isEqualTo(3);
        assertThat(registry.tags(APP, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void anUntaggedManifestThatAnIndexNamesByNowStays() throws Exception {
        Manifest first = pusher.image("team/app", List.of(), "first", "config");
        Manifest second = pusher.image("team/app", List.of(), "second", "config");
        push("1", "2");
        clock.advance(DAY.multipliedBy(8));
        RetentionPolicy policy = RetentionPolicy.builder()
                .in("**", all -> all.keep(Keep.newest(1)).deleteUntaggedAfter(DAY))
                .build();

        // The tag is deleted between the decision and the manifests.
        run(policy, beforeEachDelete(tag -> pusher.index("team/app", List.of("new"), first)));

        assertThat(isThere(first)).isTrue();
        assertThat(isThere(second)).isFalse();
    }

    @Test
    void anUntaggedManifestThatIsPulledByItsDigestStays() throws Exception {
        Manifest deployed = pusher.image("team/app", List.of(), "deployed", "config");
        Manifest forgotten = pusher.image("team/app", List.of(), "forgotten", "config");
        clock.advance(DAY.multipliedBy(6));
        assertThat(isThere(deployed)).isTrue();
        clock.advance(DAY.multipliedBy(6));

        run(untaggedAfter(DAY.multipliedBy(7)), registry);

        assertThat(isThere(deployed)).isTrue();
        assertThat(isThere(forgotten)).isFalse();
    }

    @Test
    void whatIsPulledIsKnownAfterARestart() throws Exception {
        push("1", "2");
        clock.advance(DAY.multipliedBy(100));
        registry.manifest(APP, new Tag("1"));
        registry.lastUses().flush();
        clock.advance(Duration.ofHours(12));

        StoredRegistry restarted = new StoredRegistry(
                storage, RegistryOptions.defaults().withClock(clock).withNotesOfUses(true));
        RetentionPlan plan = restarted
                .retention(keeping(Keep.pulledWithin(DAY.multipliedBy(30))))
                .plan();

        assertThat(plan.decisions().filter(RetentionDecision::keeps))
                .singleElement()
                .asString()
                .startsWith("team/app:1 kept because it was pulled up to 2026-04-11T01:00:00Z");
        assertThat(restarted.lastUses().pulled(APP, new Tag("2"))).isEmpty();
    }

    @Test
    void whoHasNotNotedForLongBeginsAnew() throws Exception {
        push("1");
        registry.lastUses().flush();
        clock.advance(DAY.multipliedBy(100));

        StoredRegistry restarted = new StoredRegistry(
                storage, RegistryOptions.defaults().withClock(clock).withNotesOfUses(true));
        restarted.lastUses().flush();

        assertThat(restarted.lastUses().notedSince()).contains(clock.instant());
        assertThat(restarted.retention(keeping(Keep.pulledWithin(DAY))).plan().decisions())
                .allMatch(RetentionDecision::keeps);
    }

    @Test
    void theNotesGoWithWhatTheyAreAbout() throws Exception {
        push("1");
        registry.manifest(APP, new Tag("1"));
        registry.lastUses().flush();
        Digest digest = registry.manifest(APP, new Tag("1")).orElseThrow().digest();
        assertThat(registry.lastUses().pulled(APP, digest)).isPresent();

        registry.deleteManifest(APP, digest);
        registry.lastUses().flush();

        assertThat(storage.metadata().children("repositories/team/app/_uses", Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void itEndsEarlyWhenItIsToldTo() throws Exception {
        push("1", "2", "3");
        List<RetentionDecision> done = new ArrayList<>();

        RetentionReport report =
                registry.retention(keeping(Keep.newest(1))).run(registry, done::add, () -> !done.isEmpty());

        assertThat(report.cancelled()).isTrue();
        assertThat(report.total().tagsDeleted()).isEqualTo(1);
        assertThat(tags()).containsExactly("2", "3");
    }

    private static RetentionPolicy keeping(Keep rule) {
        return RetentionPolicy.builder().in("**", all -> all.keep(rule)).build();
    }

    private static RetentionPolicy untaggedAfter(Duration age) {
        return RetentionPolicy.builder()
                .in("**", all -> all.deleteUntaggedAfter(age))
                .build();
    }

    private RetentionReport run(RetentionPolicy policy, Registry through) throws IOException {
        return registry.retention(policy).run(through, RetentionListener.none(), () -> false);
    }

    private void push(String... names) throws IOException {
        for (String name : names) {
            clock.advance(Duration.ofMinutes(1));
            pusher.image("team/app", List.of(name), name + " at " + clock.instant(), "config");
        }
    }

    private boolean isThere(Manifest manifest) {
        try {
            return registry.manifest(APP, manifest.digest()).isPresent();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> tags() throws IOException {
        return registry.tags(APP, Optional.empty(), 100).orElseThrow().items().stream()
                .map(Tag::value)
                .toList();
    }

    private interface Interruption {
        void before(Tag tag) throws IOException;
    }

    private Registry beforeEachDelete(Interruption interruption) {
        return new ForwardingRegistry(registry) {
            @Override
            public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
                interruption.before(tag);
                return super.deleteTag(repository, tag, watch);
            }
        };
    }
}
