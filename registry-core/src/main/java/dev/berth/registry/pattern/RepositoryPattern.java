package dev.berth.registry.pattern;

import dev.berth.registry.RepositoryName;
import java.util.function.Predicate;

/**
 * Names of repositories: {@code *} stands for any characters within a component, {@code **} for any at all. {@code team/*}
 * are {@code team/app} and {@code team/web}, {@code team/**} also {@code team/web/cache}, {@code **} are all.
 *
 * <p>Immutable.
 */
public final class RepositoryPattern implements Predicate<RepositoryName> {

    private final Glob glob;

    private RepositoryPattern(Glob glob) {
        this.glob = glob;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if no repository's name can be like that
     */
    public static RepositoryPattern of(String text) {
        return new RepositoryPattern(new Glob(text, "repository names", "a-z0-9._/-"));
    }

    /** All repositories. */
    public static RepositoryPattern any() {
        return of("**");
    }

    @Override
    public boolean test(RepositoryName name) {
        return glob.matches(name.value());
    }

    /** As it was written. */
    @Override
    public String toString() {
        return glob.toString();
    }
}
