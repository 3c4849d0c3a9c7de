package dev.berth.standalone.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.quota.Quota;
import dev.berth.registry.retention.Keep;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.standalone.config.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesFileTest {

    @Test
    void allThatRulesCanSayIsRead() {
        Rules rules = RulesFile.parse("""
                retention:
                  every: 12h
                  policies:
                  - in: [team/**, tools]
                    keep:
                    - all: release-*
                    - newest: 10
                    - newest: 3
                      of: nightly-*
                    - newestOfEachMinor: 2
                    - pushedWithin: 30d
                    - pulledWithin: 36h
                    deleteUntaggedAfter: 7d
                  - in: cache/**
                    deleteUntaggedAfter: 0

                quotas:
                - in: team/**
                  bytes: 1.5GiB
                  tags: 100
                - in: "**"
                  manifests: 1000
                  uploads: 20

                limits:
                  blob: 10GiB
                  manifest: 1MB
                  uploads: 64
                  uploadsPerRepository: 16
                  uploadsPerClient: 8
                  sessions: 1000

                immutableTags:
                - in: [team/**, tools]
                  tags: [semver, release-*]
                """, "rules.yml");

        assertThat(rules.retention())
                .contains(RetentionPolicy.builder()
                        .in("team/**", RulesFileTest::team)
                        .in("tools", RulesFileTest::team)
                        .in("cache/**", cache -> cache.deleteUntaggedAfter(Duration.ZERO))
                        .build());
        assertThat(rules.retentionEvery()).isEqualTo(Duration.ofHours(12));
        assertThat(rules.quotas())
                .containsExactly(
                        Quota.of("team/**").bytes(3L << 29).tags(100),
                        Quota.of("**").manifests(1000).uploads(20));
        assertThat(rules.limits().most())
                .containsOnly(
                        entry(Limit.BLOB, 10L << 30),
                        entry(Limit.MANIFEST, 1_000_000L),
                        entry(Limit.UPLOADS, 64L),
                        entry(Limit.UPLOADS_PER_REPOSITORY, 16L),
                        entry(Limit.UPLOADS_PER_CLIENT, 8L),
                        entry(Limit.SESSIONS, 1000L));
        assertThat(rules.immutableTags().contains(new RepositoryName("tools"), new Tag("release-1")))
                .isTrue();
        assertThat(rules.immutableTags().contains(new RepositoryName("tools"), new Tag("latest")))
                .isFalse();
        assertThat(rules.immutableTags().contains(new RepositoryName("other"), new Tag("1.0.0")))
                .isFalse();
    }

    private static void team(RetentionPolicy.RulesBuilder team) {
        team.keep(Keep.all("release-*"))
                .keep(Keep.newest(10))
                .keep(Keep.newest(3).of("nightly-*"))
                .keep(Keep.newestOfEachMinor(2))
                .keep(Keep.pushedWithin(Duration.ofDays(30)))
                .keep(Keep.pulledWithin(Duration.ofHours(36)))
                .deleteUntaggedAfter(Duration.ofDays(7));
    }

    @Test
    void eachSectionCanBeLeftOut() {
        Rules rules = RulesFile.parse("quotas: [{in: a, tags: 1}]", "rules.yml");

        assertThat(rules.retention()).isEmpty();
        assertThat(rules.immutableTags().rules()).isEmpty();
        assertThat(rules.limits()).isEqualTo(Limits.none());
        assertThat(rules.quotas()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                        | 1 | there is nothing in it",
                "'retain: 1'                                                               | 1 | \"retain\" is not understood here; what is: retention, quotas, limits, immutableTags",
                "'retention:\n  every: 1h'                                                 | 2 | there are no policies",
                "'retention:\n  every: often\n  policies: []'                              | 2 | \"often\" has to be a duration, such as 30d or 12h",
                "'retention:\n  every: 0\n  policies: []'                                  | 2 | longer than zero",
                "'retention:\n  policies:\n  - keep: []'                                   | 3 | say in which repositories",
                "'retention:\n  policies:\n  - in: A/**'                                   | 3 | is no pattern for repositories",
                "'retention:\n  policies:\n  - in: a\n    keep:\n    - newest: few'        | 5 | \"few\" has to be a whole number",
                "'retention:\n  policies:\n  - in: a\n    keep:\n    - newest: 0'          | 5 | At least 1 is kept",
                "'retention:\n  policies:\n  - in: a\n    keep:\n    - of: x'              | 5 | a rule that keeps says one of",
                "'retention:\n  policies:\n  - in: a\n    keep:\n    - all: x y'           | 5 | is no pattern of tags",
                "'retention:\n  policies:\n  - in: a\n    keep:\n    - all: x\n      of: y' | 6 | says already which tags",
                "'quotas:\n- in: a'                                                        | 2 | a quota limits bytes, tags, manifests or uploads",
                "'quotas:\n- in: a\n  bytes: much'                                         | 3 | has to be a size, such as 10GiB or 500MB",
                "'quotas:\n- in: a\n  bytes: 99999999999TiB'                               | 3 | has to be a size",
                "'limits:\n  blobs: 1'                                                     | 2 | \"blobs\" is not understood here; what is: blob, manifest",
                "'limits:\n  uploads: 0'                                                   | 2 | \"uploads\" has to be a whole number of at least 1",
                "'limits:\n  manifest: 4TiB'                                               | 2 | \"manifest\" has to be a size, such as",
                "'immutableTags:\n- in: a'                                                 | 2 | say which tags are immutable",
                "'immutableTags:\n- in: a\n  tags: x y'                                    | 3 | is no pattern of tags",
                "'quotas: ['                                                               | 1 | this is not YAML",
            })
    void mistakesAreNamedWithTheirLine(String yaml, int line, String message) {
        assertThatThrownBy(() -> RulesFile.parse(yaml, "rules.yml"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("rules.yml, line " + line + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> RulesFile.read(Path.of("no", "such", "rules.yml")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("there is no file of rules");
    }

    @ParameterizedTest
    @CsvSource({"500,500", "1kB,1000", "1KiB,1024", "2 MB,2000000", "1.5GiB,1610612736", "1TiB,1099511627776", "7B,7"})
    void sizesAreInPowersOfAThousandOr1024(String text, long bytes) {
        assertThat(Sizes.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "-1", "1XB", "1e3", "1 2"})
    void whatIsNoSizeIsNone(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }
}
