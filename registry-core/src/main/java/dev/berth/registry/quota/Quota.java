package dev.berth.registry.quota;

import dev.berth.registry.pattern.RepositoryPattern;
import java.util.OptionalLong;

/**
 * How much some repositories may hold together: {@code Quota.of("team/**").bytes(10L << 30).tags(100)}. Immutable.
 *
 * @param repositories which ones
 * @param bytes how many bytes of blobs, manifests and unfinished uploads; what several of them have counts once
 * @param tags how many tags
 * @param manifests how many manifests; one that two repositories have counts twice
 * @param uploads how many upload sessions may be open
 */
public record Quota(
        RepositoryPattern repositories,
        OptionalLong bytes,
        OptionalLong tags,
        OptionalLong manifests,
        OptionalLong uploads) {

    /** @throws IllegalArgumentException if a limit is negative */
    public Quota {
        check("bytes", bytes);
        check("tags", tags);
        check("manifests", manifests);
        check("uploads", uploads);
    }

    /**
     * No limits yet.
     *
     * @param repositories as {@link RepositoryPattern#of} reads it
     * @throws IllegalArgumentException if that is no pattern
     */
    public static Quota of(String repositories) {
        OptionalLong none = OptionalLong.empty();
        return new Quota(RepositoryPattern.of(repositories), none, none, none, none);
    }

    /** The same with a limit for bytes, at least 0. */
    public Quota bytes(long most) {
        return new Quota(repositories, OptionalLong.of(most), tags, manifests, uploads);
    }

    /** The same with a limit for tags, at least 0. */
    public Quota tags(long most) {
        return new Quota(repositories, bytes, OptionalLong.of(most), manifests, uploads);
    }

    /** The same with a limit for manifests, at least 0. */
    public Quota manifests(long most) {
        return new Quota(repositories, bytes, tags, OptionalLong.of(most), uploads);
    }

    /** The same with a limit for open upload sessions, at least 0. */
    public Quota uploads(long most) {
        return new Quota(repositories, bytes, tags, manifests, OptionalLong.of(most));
    }

    private static void check(String what, OptionalLong limit) {
        if (limit.orElse(0) < 0) {
            throw new IllegalArgumentException("A limit for " + what + " is 0 or more, not " + limit.getAsLong());
        }
    }
}
