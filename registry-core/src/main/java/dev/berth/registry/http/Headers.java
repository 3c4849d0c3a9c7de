package dev.berth.registry.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** HTTP header fields in order. Names are compared without regard to case. Immutable. */
public final class Headers {

    private static final Headers NONE = new Headers(new String[0]);

    private final String[] namesAndValues;

    private Headers(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** No header fields. */
    public static Headers none() {
        return NONE;
    }

    /**
     * Header fields from names and values in turn.
     *
     * @throws IllegalArgumentException if a value is missing, or one holds a line break
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("Header names and values come in pairs, and a value is missing");
        }
        return owning(namesAndValues.clone());
    }

    /** The same for an array that nobody else has. */
    static Headers owning(String[] namesAndValues) {
        for (String part : namesAndValues) {
            requireOneLine(part);
        }
        return new Headers(namesAndValues);
    }

    /** The value of the first field of that name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                return Optional.of(namesAndValues[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** The values of all fields of that name, in order. */
    public List<String> all(String name) {
        // One of them is what most requests have.
        List<String> values = List.of();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                values = plus(values, namesAndValues[i + 1]);
            }
        }
        return values;
    }

    private static List<String> plus(List<String> values, String value) {
        if (values.isEmpty()) {
            return List.of(value);
        }
        List<String> more = new ArrayList<>(values);
        more.add(value);
        return List.copyOf(more);
    }

    /** The same with one field more, behind the others. */
    public Headers plus(String name, String value) {
        requireOneLine(name);
        requireOneLine(value);
        String[] more = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        more[namesAndValues.length] = name;
        more[namesAndValues.length + 1] = value;
        return new Headers(more);
    }

    /** The same with the fields of {@code others}, behind these. */
    public Headers plusAll(Headers others) {
        if (others.namesAndValues.length == 0) {
            return this;
        }
        String[] all = Arrays.copyOf(namesAndValues, namesAndValues.length + others.namesAndValues.length);
        System.arraycopy(others.namesAndValues, 0, all, namesAndValues.length, others.namesAndValues.length);
        return new Headers(all);
    }

    /** The same with one field of that name, in place of any there were. */
    public Headers with(String name, String value) {
        return without(name).plus(name, value);
    }

    /** The same without any field of that name. */
    public Headers without(String name) {
        if (first(name).isEmpty()) {
            return this;
        }
        List<String> rest = new ArrayList<>();
        forEach((n, v) -> {
            if (!n.equalsIgnoreCase(name)) {
                rest.add(n);
                rest.add(v);
            }
        });
        return new Headers(rest.toArray(new String[0]));
    }

    /** Hands each field's name and value to {@code action}, in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            action.accept(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /** One field a line, for a person. Secrets are in it. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        forEach((name, value) -> out.append(name).append(": ").append(value).append('\n'));
        return out.toString();
    }

    private static void requireOneLine(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("A header field is one line, and this would break it");
        }
    }
}
