package dev.berth.registry.pattern;

import dev.berth.registry.Tag;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of three numbers, as <a href="https://semver.org">Semantic Versioning 2.0.0</a> orders them. Tags have no
 * {@code +}, so there is no build metadata.
 *
 * @param major at least 0
 * @param minor at least 0
 * @param patch at least 0
 * @param prerelease what follows the hyphen, such as {@code rc.1}; empty for a release
 */
public record SemanticVersion(long major, long minor, long patch, Optional<String> prerelease)
        implements Comparable<SemanticVersion> {

    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final Pattern VERSION = Pattern.compile(
            "v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

    /** The version that a tag is, with or without a {@code v} in front: {@code 1.2.3}, {@code v1.2.3-rc.1}. */
    public static Optional<SemanticVersion> of(Tag tag) {
        Matcher matcher = VERSION.matcher(tag.value());
        return matcher.matches()
                ? Optional.of(new SemanticVersion(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3)),
                        Optional.ofNullable(matcher.group(4))))
                : Optional.empty();
    }

    /** Whether it comes before the release of the same numbers. */
    public boolean isPrerelease() {
        return prerelease.isPresent();
    }

    /** By precedence. */
    @Override
    public int compareTo(SemanticVersion other) {
        int byNumbers = compare(
                Long.compare(major, other.major), Long.compare(minor, other.minor), Long.compare(patch, other.patch));
        if (byNumbers != 0) {
            return byNumbers;
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        return comparePrereleases(
                prerelease.get().split("\\.", -1), other.prerelease.get().split("\\.", -1));
    }

    private static int compare(int... results) {
        for (int result : results) {
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private static int comparePrereleases(String[] mine, String[] others) {
        for (int i = 0; i < Math.min(mine.length, others.length); i++) {
            int result = compareIdentifiers(mine[i], others[i]);
            if (result != 0) {
                return result;
            }
        }
        return Integer.compare(mine.length, others.length);
    }

    /** Numbers come before words, and are compared as numbers, however long. */
    private static int compareIdentifiers(String mine, String other) {
        boolean number = isNumber(mine);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        int byLength = number ? Integer.compare(mine.length(), other.length()) : 0;
        return byLength != 0 ? byLength : mine.compareTo(other);
    }

    private static boolean isNumber(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
