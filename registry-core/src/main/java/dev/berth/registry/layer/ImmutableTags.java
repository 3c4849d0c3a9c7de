package dev.berth.registry.layer;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagChange;
import dev.berth.registry.pattern.RepositoryPattern;
import dev.berth.registry.pattern.TagPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which tags stay as they are once they are there, for {@link ImmutableTagsRegistry}: {@code ImmutableTags.in("team/**",
 * "semver").andIn("**", "release-*")}.
 *
 * @param rules a tag that any of them is about is immutable
 */
public record ImmutableTags(List<Rule> rules) {

    /** The status of a refusal. 403 would let clients go and look for other credentials, which would not help. */
    private static final int CONFLICT = 409;

    public ImmutableTags {
        rules = List.copyOf(rules);
    }

    /**
     * Some tags of some repositories.
     *
     * @param repositories as {@link RepositoryPattern#of} reads it
     * @param tags as {@link TagPattern#of} reads it
     * @throws IllegalArgumentException if one of them is not a pattern
     */
    public static ImmutableTags in(String repositories, String tags) {
        return new ImmutableTags(List.of()).andIn(repositories, tags);
    }

    /**
     * These and others.
     *
     * @throws IllegalArgumentException if one of them is not a pattern
     */
    public ImmutableTags andIn(String repositories, String tags) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(new Rule(RepositoryPattern.of(repositories), TagPattern.of(tags)));
        return new ImmutableTags(more);
    }

    /** Whether a tag stays as it is. */
    public boolean contains(RepositoryName repository, Tag tag) {
        for (Rule rule : rules) {
            if (rule.repositories().test(repository) && rule.tags().test(tag)) {
                return true;
            }
        }
        return false;
    }

    /** Refuses to move or delete an immutable tag. */
    void check(TagChange change) {
        if (change.from().isPresent() && change.moves() && contains(change.repository(), change.tag())) {
            String current = change.from().get().toString();
            throw new RegistryException(
                    CONFLICT,
                    List.of(new RegistryError(
                            ErrorCode.DENIED,
                            "the tag " + change.tag() + " of " + change.repository() + " is immutable: it points to "
                                    + current + " and "
                                    + (change.deletes() ? "cannot be deleted" : "cannot be moved; push another tag"),
                            Map.of("tag", change.tag().value(), "digest", current))));
        }
    }

    /** Some tags of some repositories. */
    public record Rule(RepositoryPattern repositories, TagPattern tags) {}
}
