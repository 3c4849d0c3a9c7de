package dev.berth.registry.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters behind a URL's question mark, decoded, in order. Immutable. */
public final class Query {

    private static final Query EMPTY = new Query(List.of());

    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** No parameters. */
    public static Query empty() {
        return EMPTY;
    }

    /** Reads what stands behind the question mark. A parameter that is not well encoded is left out. */
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String part : raw.split("&")) {
            int equals = part.indexOf('=');
            Optional<String> name = PercentCoding.decode(equals < 0 ? part : part.substring(0, equals));
            Optional<String> value = PercentCoding.decode(equals < 0 ? "" : part.substring(equals + 1));
            if (name.isPresent() && value.isPresent()) {
                parameters.add(new Parameter(name.get(), value.get()));
            }
        }
        return new Query(List.copyOf(parameters));
    }

    /** The value of the first parameter of that name; an empty one counts as absent. */
    public Optional<String> first(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name.equals(name)) {
                return parameter.value.isEmpty() ? Optional.empty() : Optional.of(parameter.value);
            }
        }
        return Optional.empty();
    }

    /** The values of all parameters of that name, in order. */
    public List<String> all(String name) {
        return parameters.stream()
                .filter(p -> p.name.equals(name))
                .map(Parameter::value)
                .toList();
    }

    /** The same with one parameter more. */
    public Query plus(String name, String value) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(new Parameter(name, value));
        return new Query(List.copyOf(more));
    }

    /** The same without any parameter of that name. */
    public Query without(String name) {
        return new Query(parameters.stream().filter(p -> !p.name.equals(name)).toList());
    }

    /** As it stands in a URL, with the question mark; empty if there are no parameters. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Parameter parameter : parameters) {
            out.append(out.isEmpty() ? '?' : '&')
                    .append(PercentCoding.encodeQueryValue(parameter.name))
                    .append('=')
                    .append(PercentCoding.encodeQueryValue(parameter.value));
        }
        return out.toString();
    }

    private record Parameter(String name, String value) {}
}
