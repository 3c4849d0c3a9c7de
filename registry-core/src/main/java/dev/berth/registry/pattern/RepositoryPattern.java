package dev.berth.registry.pattern;

import dev.berth.registry.RepositoryName;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Names of repositories: {@code *} stands for any characters within a component, {@code **}, as a component, for any number of
 * components, at least one if it is the last. {@code team/*} are {@code team/app} and {@code team/web}, {@code team/**} also {@code
 * team/web/cache}, and not {@code team} itself; {@code **} are all.
 *
 * <p>Immutable.
 */
public final class RepositoryPattern implements Predicate<RepositoryName> {

    private static final Pattern GRAMMAR =
            Pattern.compile("(?:\\*\\*|(?:[a-z0-9._-]|\\*(?!\\*))+)(?:/(?:\\*\\*|(?:[a-z0-9._-]|\\*(?!\\*))+))*");

    private final String text;
    private final Pattern regex;
    private final String beginning;
    private final Kind kind;

    private enum Kind {
        ALL,
        EXACT,
        BELOW,
        OTHER
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if no repository's name can be like that
     */
    public static RepositoryPattern of(String text) {
        return new RepositoryPattern(text);
    }

    /** All repositories. */
    public static RepositoryPattern any() {
        return of("**");
    }

    private RepositoryPattern(String text) {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no pattern for repositories: write a name, such as team/app, in which * stands for characters"
                    + " within a component and ** for any components, such as team/**");
        }
        this.text = text;
        int star = text.indexOf('*');
        beginning = star < 0 ? text : text.substring(0, star);
        kind = kind(text, star);
        regex = Pattern.compile(regex(text));
    }

    private static Kind kind(String text, int star) {
        if (text.equals("**")) {
            return Kind.ALL;
        }
        if (star < 0) {
            return Kind.EXACT;
        }
        return star == text.length() - 2 && text.endsWith("/**") ? Kind.BELOW : Kind.OTHER;
    }

    private static String regex(String text) {
        StringBuilder out = new StringBuilder();
        String[] components = text.split("/");
        for (int i = 0; i < components.length; i++) {
            boolean last = i == components.length - 1;
            if (components[i].equals("**")) {
                out.append(last ? ".+" : "(?:.+/)?");
            } else {
                out.append(components[i].replace(".", "\\.").replace("*", "[^/]*"))
                        .append(last ? "" : "/");
            }
        }
        return out.toString();
    }

    @Override
    public boolean test(RepositoryName name) {
        return switch (kind) {
            case ALL -> true;
            case EXACT -> name.value().equals(text);
            case BELOW -> name.value().startsWith(beginning);
            case OTHER -> regex.matcher(name.value()).matches();
        };
    }

    /** Whether it is all repositories. */
    public boolean matchesAll() {
        return kind == Kind.ALL;
    }

    /** What every name that matches begins with. */
    public String beginning() {
        return beginning;
    }

    /** Patterns that are written alike are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryPattern pattern && text.equals(pattern.text);
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
