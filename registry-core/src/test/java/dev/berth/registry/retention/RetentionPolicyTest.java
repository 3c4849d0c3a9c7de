package dev.berth.registry.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.retention.RepositoryFacts.ManifestFact;
import dev.berth.registry.retention.RepositoryFacts.TagFact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final List<TagFact> tags = new ArrayList<>();
    private final List<ManifestFact> manifests = new ArrayList<>();
    private Optional<Instant> notedSince = Optional.of(NOW.minus(DAY.multipliedBy(1000)));

    @Test
    void theNewestStay() {
        tag("a", 3);
        tag("b", 1);
        tag("c", 2);

        assertThat(kept(Keep.newest(2))).containsExactly("b", "c");
        assertThat(text("c", Keep.newest(2))).isEqualTo("team/app:c kept because it is number 2 of the newest 2");
        assertThat(text("a", Keep.newest(2)))
                .isEqualTo("team/app:a deleted because it is not among what is kept (the newest 2): pushed at"
                        + " 2026-06-27T12:00:00Z");
    }

    @Test
    void tagsThatARuleIsNotAboutDoNotCountForIt() {
        tag("v1", 9);
        tag("nightly-1", 2);
        tag("nightly-2", 1);

        assertThat(kept(Keep.newest(1).of("v*"))).containsExactly("v1");
        assertThat(kept(Keep.newest(1).of("v*"), Keep.newest(1).of("nightly-*")))
                .containsExactly("v1", "nightly-2");
    }

    @Test
    void theHighestVersionsOfEachMinorStayWheneverTheyWerePushed() {
        for (String version : List.of("1.0.9", "1.0.10", "v1.0.10", "1.0.8", "1.1.0-rc.1", "1.1.0", "2.0.0-rc.1")) {
            tag(version, 100);
        }
        tag("latest", 0);

        assertThat(kept(Keep.newestOfEachMinor(1))).containsExactly("1.0.10", "v1.0.10", "1.1.0", "2.0.0-rc.1");
        assertThat(text("1.1.0", Keep.newestOfEachMinor(1))).endsWith("it is number 1 of the newest 1 of version 1.1");
    }

    @Test
    void ageIsCountedFromTheLastPush() {
        tag("young", 7);
        tag("old", 8);

        assertThat(kept(Keep.pushedWithin(DAY.multipliedBy(7)))).containsExactly("young");
    }

    @Test
    void whatIsPulledStays() {
        tags.add(new TagFact(new Tag("used"), digest("used"), daysAgo(100), Optional.of(daysAgo(3)), false));
        tag("forgotten", 100);

        assertThat(kept(Keep.pulledWithin(DAY.multipliedBy(30)))).containsExactly("used");
    }

    @Test
    void asLongAsNobodyKnowsWhatIsPulledEverythingStays() {
        tag("perhaps", 100);

        notedSince = Optional.of(daysAgo(29));
        assertThat(kept(Keep.pulledWithin(DAY.multipliedBy(30)))).containsExactly("perhaps");
        assertThat(text("perhaps", Keep.pulledWithin(DAY.multipliedBy(30))))
                .contains("nobody knows", "been noted since 2026-06-01T12:00:00Z only");

        notedSince = Optional.empty();
        assertThat(kept(Keep.pulledWithin(DAY.multipliedBy(30)))).containsExactly("perhaps");

        notedSince = Optional.of(daysAgo(30));
        assertThat(kept(Keep.pulledWithin(DAY.multipliedBy(30)))).isEmpty();
    }

    @Test
    void someTagsStayForEver() {
        tag("release-1", 1000);
        tag("main", 1);

        assertThat(kept(Keep.all("release-*"))).containsExactly("release-1");
    }

    @Test
    void withoutARuleForTagsAllStay() {
        tag("a", 1000);

        assertThat(kept()).containsExactly("a");
    }

    @Test
    void immutableTagsStay() {
        tags.add(new TagFact(new Tag("1.0.0"), digest("a"), daysAgo(100), Optional.empty(), true));

        assertThat(kept(Keep.newest(1).of("x"))).containsExactly("1.0.0");
    }

    @Test
    void theFirstRulesThatSpeakOfARepositoryCount() {
        tag("a", 10);
        RetentionPolicy policy = RetentionPolicy.builder()
                .in("team/*", team -> {})
                .in("**", all -> all.keep(Keep.all("none")))
                .build();

        assertThat(policy.decide(facts(), NOW)).allMatch(RetentionDecision::keeps);
        assertThat(RetentionPolicy.builder().build().decide(facts(), NOW)).isEmpty();
    }

    @Test
    void untaggedManifestsGoWhenTheyHaveRestedLongEnough() {
        tag("tagged", 100);
        manifest("tagged", 100);
        manifest("old", 8);
        manifest("young", 6);
        manifests.add(new ManifestFact(
                digest("pulled"),
                daysAgo(100),
                Optional.of(daysAgo(1)),
                Optional.empty(),
                List.of(),
                Optional.empty()));
        manifests.add(new ManifestFact(
                digest("rolled back"),
                daysAgo(100),
                Optional.empty(),
                Optional.of(daysAgo(1)),
                List.of(),
                Optional.empty()));

        List<RetentionDecision> decisions = untaggedAfter(7);

        assertThat(decisions).extracting(RetentionDecision::digest).doesNotContain(digest("tagged with a tag"));
        assertThat(gone(decisions)).containsExactly(digest("old"));
        assertThat(decisions)
                .filteredOn(d -> d.digest().equals(digest("old")))
                .first()
                .asString()
                .endsWith("deleted because no tag points to it, and it was last pushed at 2026-06-22T12:00:00Z, more"
                        + " than 7 days ago");
    }

    @Test
    void whatAnIndexNamesAndWhatRefersToItStays() {
        tag("multi", 100);
        manifests.add(manifest("multi", List.of("child"), Optional.empty()));
        manifests.add(manifest("child", List.of(), Optional.empty()));
        manifests.add(manifest("signature", List.of("child"), Optional.of("child")));
        manifests.add(manifest("signature of signature", List.of("signature"), Optional.of("signature")));
        manifests.add(manifest("of nothing", List.of(), Optional.of("gone")));

        assertThat(gone(untaggedAfter(0))).containsExactly(digest("of nothing"));
    }

    @Test
    void aManifestThatLosesItsTagNowIsUntaggedFromNowOn() {
        tag("a", 100);
        manifest("a", 100);
        RetentionPolicy policy = RetentionPolicy.builder()
                .in("**", all -> all.keep(Keep.all("none")).deleteUntaggedAfter(DAY))
                .build();

        List<RetentionDecision> decisions = policy.decide(facts(), NOW);

        assertThat(decisions).extracting(RetentionDecision::keeps).containsExactly(false, true);
    }

    @Test
    void whereAManifestCannotBeReadNoneGoes() {
        manifest("old", 1000);
        RepositoryFacts facts =
                new RepositoryFacts(APP, tags, manifests, notedSince, Optional.of("the manifest x is damaged"));

        List<RetentionDecision> decisions = RetentionPolicy.builder()
                .in("**", all -> all.deleteUntaggedAfter(Duration.ZERO))
                .build()
                .decide(facts, NOW);

        assertThat(decisions).singleElement().asString().endsWith("the manifest x is damaged");
        assertThat(gone(decisions)).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedAtOnce() {
        assertThatThrownBy(() -> Keep.newest(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Keep.pushedWithin(DAY.negated())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Keep.all("a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetentionPolicy.builder().in("A", all -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void tag(String name, int days) {
        tags.add(new TagFact(new Tag(name), digest(name), daysAgo(days), Optional.empty(), false));
    }

    private void manifest(String name, int days) {
        manifests.add(new ManifestFact(
                digest(name), daysAgo(days), Optional.empty(), Optional.empty(), List.of(), Optional.empty()));
    }

    private static ManifestFact manifest(String name, List<String> names, Optional<String> subject) {
        return new ManifestFact(
                digest(name),
                daysAgo(100),
                Optional.empty(),
                Optional.empty(),
                names.stream().map(RetentionPolicyTest::digest).toList(),
                subject.map(RetentionPolicyTest::digest));
    }

    private static Instant daysAgo(int days) {
        return NOW.minus(DAY.multipliedBy(days));
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private RepositoryFacts facts() {
        return new RepositoryFacts(APP, tags, manifests, notedSince, Optional.empty());
    }

    private List<RetentionDecision> decide(Keep... rules) {
        return RetentionPolicy.builder()
                .in("**", all -> List.of(rules).forEach(all::keep))
                .build()
                .decide(facts(), NOW);
    }

    private List<RetentionDecision> untaggedAfter(int days) {
        return RetentionPolicy.builder()
                .in("**", all -> all.deleteUntaggedAfter(DAY.multipliedBy(days)))
                .build()
                .decide(facts(), NOW);
    }

    private List<String> kept(Keep... rules) {
        return decide(rules).stream()
                .filter(RetentionDecision::keeps)
                .map(decision -> ((RetentionDecision.OfTag) decision).tag().value())
                .toList();
    }

    private String text(String tag, Keep... rules) {
        return decide(rules).stream()
                .map(RetentionDecision::toString)
                .filter(line -> line.startsWith(APP + ":" + tag + " "))
                .findFirst()
                .orElseThrow();
    }

    private static List<Digest> gone(List<RetentionDecision> decisions) {
        return decisions.stream()
                .filter(decision -> !decision.keeps())
                .map(RetentionDecision::digest)
                .toList();
    }
}
