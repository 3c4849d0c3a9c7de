package dev.berth.registry.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.pattern.SemanticVersion;
import dev.berth.registry.retention.RepositoryFacts.ManifestFact;
import dev.berth.registry.retention.RepositoryFacts.TagFact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Random repositories and rules, beside an oracle that asks of each thing, one by one, whether it may go. */
class RetentionOracleTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
    private static final List<String> PATTERNS = List.of("*", "semver", "v*", "!latest", "n-*", "x");

    @Test
    void decidesAsTheOracleDoes() {
        for (long seed = 0; seed < 1000; seed++) {
            decideAsTheOracleDoes(seed);
        }
    }

    private static void decideAsTheOracleDoes(long seed) {
        Random random = new Random(seed);
        RepositoryFacts facts = repository(random);
        List<Keep> keeps = keeps(random);
        Optional<Duration> untagged = random.nextBoolean() ? Optional.of(days(random, 20)) : Optional.empty();

        List<RetentionDecision> decisions = RetentionPolicy.builder()
                .in("team/**", team -> {
                    keeps.forEach(team::keep);
                    untagged.ifPresent(team::deleteUntaggedAfter);
                })
                .build()
                .decide(facts, NOW);

        Set<Tag> goneTags = new HashSet<>();
        Set<Digest> goneManifests = new HashSet<>();
        for (RetentionDecision decision : decisions) {
            assertThat(decision.reason().text()).isNotBlank();
            if (!decision.keeps()) {
                if (decision instanceof RetentionDecision.OfTag ofTag) {
                    goneTags.add(ofTag.tag());
                } else {
                    goneManifests.add(decision.digest());
                }
            }
        }
        Set<Tag> expectedTags = goneTags(facts, keeps);
        assertThat(goneTags).as("tags, seed " + seed).isEqualTo(expectedTags);
        assertThat(goneManifests)
                .as("manifests, seed " + seed)
                .isEqualTo(untagged.map(age -> goneManifests(facts, expectedTags, age))
                        .orElse(Set.of()));
    }

    private static Set<Tag> goneTags(RepositoryFacts facts, List<Keep> keeps) {
        Set<Tag> gone = new HashSet<>();
        for (TagFact tag : facts.tags()) {
            boolean stays = tag.immutable() || keeps.isEmpty();
            for (Keep keep : keeps) {
                stays |= keep.tags().test(tag.tag()) && keeps(keep, tag, facts);
            }
            if (!stays) {
                gone.add(tag.tag());
            }
        }
        return gone;
    }

    private static boolean keeps(Keep keep, TagFact tag, RepositoryFacts facts) {
        List<TagFact> rivals = facts.tags().stream()
                .filter(other -> keep.tags().test(other.tag()))
                .toList();
        if (keep instanceof Keep.Newest newest) {
            return better(
                            rivals,
                            other -> other.pushedAt().isAfter(tag.pushedAt())
                                    || (other.pushedAt().equals(tag.pushedAt())
                                            && other.tag().compareTo(tag.tag()) > 0))
                    < newest.count();
        }
        if (keep instanceof Keep.NewestOfEachMinor newest) {
            Optional<SemanticVersion> version = SemanticVersion.of(tag.tag());
            return version.isPresent()
                    && rivals.stream()
                                    .flatMap(other -> SemanticVersion.of(other.tag()).stream())
                                    .filter(other -> other.major()
                                                    == version.get().major()
                                            && other.minor() == version.get().minor()
                                            && other.compareTo(version.get()) > 0)
                                    .distinct()
                                    .count()
                            < newest.count();
        }
        if (keep instanceof Keep.PushedWithin pushed) {
            return Duration.between(tag.pushedAt(), NOW).compareTo(pushed.age()) <= 0;
        }
        if (keep instanceof Keep.PulledWithin pulled) {
            boolean known = facts.pullsNotedSince().isPresent()
                    && Duration.between(facts.pullsNotedSince().get(), NOW).compareTo(pulled.age()) >= 0;
            return !known
                    || (tag.pulledAt().isPresent()
                            && Duration.between(tag.pulledAt().get(), NOW).compareTo(pulled.age()) <= 0);
        }
        return true;
    }

    private static long better(List<TagFact> rivals, Predicate<TagFact> test) {
        return rivals.stream().filter(test).count();
    }

    /** Takes away, again and again, one that nothing needs, until there is none. */
    private static Set<Digest> goneManifests(RepositoryFacts facts, Set<Tag> goneTags, Duration age) {
        Set<Digest> old = new HashSet<>();
        for (ManifestFact manifest : facts.manifests()) {
            boolean tagged = facts.tags().stream()
                    .anyMatch(tag -> tag.digest().equals(manifest.digest()) && !goneTags.contains(tag.tag()));
            boolean losesTag = facts.tags().stream()
                    .anyMatch(tag -> tag.digest().equals(manifest.digest()) && goneTags.contains(tag.tag()));
            List<Instant> uses = new ArrayList<>(List.of(manifest.pushedAt()));
            manifest.pulledAt().or(facts::pullsNotedSince).ifPresent(uses::add);
            manifest.untaggedAt().ifPresent(uses::add);
            if (losesTag) {
                uses.add(NOW);
            }
            Instant last = uses.stream().max(Comparator.naturalOrder()).orElseThrow();
            if (!tagged && Duration.between(last, NOW).compareTo(age) >= 0) {
                old.add(manifest.digest());
            }
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (ManifestFact manifest : facts.manifests()) {
                boolean needed = facts.manifests().stream()
                        .filter(other -> !old.contains(other.digest()))
                        .anyMatch(other -> other.names().contains(manifest.digest())
                                || manifest.subject().equals(Optional.of(other.digest())));
                if (needed) {
                    changed |= old.remove(manifest.digest());
                }
            }
        }
        return old;
    }

    private static RepositoryFacts repository(Random random) {
        List<Digest> digests = new ArrayList<>();
        List<ManifestFact> manifests = new ArrayList<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            Optional<Digest> subject = Optional.empty();
            List<Digest> names = new ArrayList<>();
            if (!digests.isEmpty() && random.nextInt(3) == 0) {
                names.add(digests.get(random.nextInt(digests.size())));
            }
            if (!digests.isEmpty() && random.nextInt(3) == 0) {
                subject = Optional.of(digests.get(random.nextInt(digests.size())));
                names.add(subject.get());
            }
            Digest digest = Digest.of(("manifest " + i).getBytes(StandardCharsets.UTF_8));
            digests.add(digest);
            manifests.add(new ManifestFact(
                    digest,
                    NOW.minus(days(random, 30)),
                    time(random),
                    time(random),
                    names.stream().distinct().toList(),
                    subject));
        }
        Set<Tag> names = new HashSet<>();
        for (int i = random.nextInt(15); i > 0 && !digests.isEmpty(); i--) {
            names.add(tag(random));
        }
        List<TagFact> tags = new ArrayList<>();
        for (Tag tag : names) {
            Digest digest = digests.get(random.nextInt(digests.size()));
            tags.add(new TagFact(tag, digest, NOW.minus(days(random, 30)), time(random), random.nextInt(10) == 0));
        }
        return new RepositoryFacts(APP, tags, manifests, time(random), Optional.empty());
    }

    private static Tag tag(Random random) {
        return new Tag(
                switch (random.nextInt(4)) {
                    case 0 -> "latest";
                    case 1 -> "n-" + random.nextInt(5);
                    case 2 -> "v1." + random.nextInt(2) + "." + random.nextInt(12);
                    default ->
                        "1." + random.nextInt(2) + "." + random.nextInt(4) + (random.nextBoolean() ? "" : "-rc.1");
                });
    }

    private static List<Keep> keeps(Random random) {
        List<Keep> keeps = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Keep keep = switch (random.nextInt(5)) {
                case 0 -> Keep.newest(1 + random.nextInt(4));
                case 1 -> Keep.newestOfEachMinor(1 + random.nextInt(3));
                case 2 -> Keep.pushedWithin(days(random, 30));
                case 3 -> Keep.pulledWithin(days(random, 30));
                default -> Keep.all("x");
            };
            keeps.add(keep.of(PATTERNS.get(random.nextInt(PATTERNS.size()))));
        }
        return keeps;
    }

    private static Optional<Instant> time(Random random) {
        return random.nextBoolean() ? Optional.of(NOW.minus(days(random, 40))) : Optional.empty();
    }

    private static Duration days(Random random, int most) {
        return Duration.ofDays(random.nextInt(most));
    }
}
