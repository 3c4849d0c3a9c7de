package dev.berth.registry.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {

    @ParameterizedTest
    @CsvSource({
        "team/*, team/app, true",
        "team/*, team/app/cache, false",
        "team/*, team, false",
        "team/**, team/app/cache, true",
        "team/**, teams/app, false",
        "**, a/b/c, true",
        "*, a/b, false",
        "*/app, team/app, true",
        "te*m/a.p, team/axp, false",
        "team/app, team/app, true"
    })
    void repositories(String pattern, String name, boolean matches) {
        assertThat(RepositoryPattern.of(pattern).test(new RepositoryName(name))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v* | v1 | true",
                "v* | V1 | false",
                "v* | 1v | false",
                "release-* | release-2026.1 | true",
                "semver | 1.2.3 | true",
                "semver | v1.2.3-rc.1 | true",
                "semver | 1.2 | false",
                "semver | 01.2.3 | false",
                "semver | semver | false",
                "!latest | 1.0 | true",
                "!latest | latest | false",
                "!latest,edge-* | edge-1 | false",
                "!semver | 1.2.3 | false",
                "* | anything | true"
            })
    void tags(String pattern, String tag, boolean matches) {
        assertThat(TagPattern.of(pattern).test(new Tag(tag))).isEqualTo(matches);
        assertThat(TagPattern.of(pattern)).hasToString(pattern);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Team/*", "a b", "***", "a/[bc]", "é"})
    void whatNoRepositoryCanBeLikeIsRefused(String pattern) {
        assertThatThrownBy(() -> RepositoryPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no pattern for repositories");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "a/b", "!latest,", "v+", "***"})
    void whatNoTagCanBeLikeIsRefused(String pattern) {
        assertThatThrownBy(() -> TagPattern.of(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The order of the specification's own example, and numbers that are too long to be a long. */
    @Test
    void versionsComeInTheirOrder() {
        List<String> inOrder = List.of(
                "0.0.1",
                "0.1.0-1",
                "0.1.0",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-beta.99999999999999999999999",
                "1.0.0-rc.1",
                "v1.0.0",
                "1.2.0",
                "1.10.0",
                "2.0.0");
        List<String> shuffled = new ArrayList<>(inOrder);
        Collections.reverse(shuffled);

        shuffled.sort((a, b) -> version(a).compareTo(version(b)));

        assertThat(shuffled).isEqualTo(inOrder);
        assertThat(SemanticVersion.of(new Tag("1.2.99999999999999999999"))).isEmpty();
    }

    private static SemanticVersion version(String tag) {
        return SemanticVersion.of(new Tag(tag)).orElseThrow();
    }
}
