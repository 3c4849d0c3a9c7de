package dev.berth.registry.pattern;

import dev.berth.registry.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tags of some kind. As text: {@code v*} with stars for any characters; {@code semver} for semantic versions; and with a
 * {@code !} in front, all but what follows: {@code !latest}.
 *
 * <p>Immutable.
 */
public final class TagPattern implements Predicate<Tag> {

    private static final String SEMVER = "semver";

    private final String text;
    private final Predicate<Tag> predicate;

    private TagPattern(String text, Predicate<Tag> predicate) {
        this.text = text;
        this.predicate = predicate;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if no tag can be like that
     */
    public static TagPattern of(String text) {
        if (text.startsWith("!")) {
            return allBut(text.substring(1).split(",", -1));
        }
        return text.equals(SEMVER) ? semanticVersions() : glob(text);
    }

    /** All tags. */
    public static TagPattern any() {
        return glob("*");
    }

    /** Tags that are a {@link SemanticVersion}. */
    public static TagPattern semanticVersions() {
        return new TagPattern(SEMVER, tag -> SemanticVersion.of(tag).isPresent());
    }

    /**
     * Tags that are like none of these patterns.
     *
     * @throws IllegalArgumentException if there is none, or no tag can be like one of them
     */
    public static TagPattern allBut(String... patterns) {
        if (patterns.length == 0) {
            throw new IllegalArgumentException("All but what? Name at least one pattern, such as latest");
        }
        List<TagPattern> none = Arrays.stream(patterns).map(TagPattern::of).toList();
        String text = none.stream().map(TagPattern::toString).collect(Collectors.joining(",", "!", ""));
        return new TagPattern(text, tag -> none.stream().noneMatch(pattern -> pattern.test(tag)));
    }

    private static TagPattern glob(String text) {
        Glob glob = new Glob(text, "tags", "A-Za-z0-9_.-");
        return new TagPattern(text, tag -> glob.matches(tag.value()));
    }

    @Override
    public boolean test(Tag tag) {
        return predicate.test(tag);
    }

    /** Patterns that are written alike are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TagPattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
