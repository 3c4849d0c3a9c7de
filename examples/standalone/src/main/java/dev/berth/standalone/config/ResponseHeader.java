package dev.berth.standalone.config;

import dev.berth.registry.http.Headers;
import java.util.Optional;
import java.util.regex.Pattern;

/** A header field of {@code http.headers}: {@code http.headers.<name>}, with an index behind it where values are a list. */
final class ResponseHeader {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern LINE = Pattern.compile("[\\t\\x20-\\x7e]*");

    private ResponseHeader() {}

    static void add(Draft draft, Value value) {
        String name = value.path().substring("http.headers.".length()).replaceFirst("\\.[0-9]+$", "");
        if (!TOKEN.matcher(name).matches()) {
            throw new UsageException(value.name() + " is no name of a header field");
        }
        if (!LINE.matcher(value.text()).matches()) {
            throw value.wrong("one line of ASCII");
        }
        draft.headers = Optional.of(draft.headers.orElse(Headers.none()).plus(name, value.text()));
    }
}
