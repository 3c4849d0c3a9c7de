package dev.berth.registry.http.journal;

import dev.berth.registry.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Takes secrets out of header fields, and what is too long to be kept. */
final class Masking {

    private static final int LONGEST = 1000;
    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-registry-auth");

    private Masking() {}

    static Headers mask(Headers headers) {
        List<String> masked = new ArrayList<>();
        headers.forEach((name, value) -> {
            masked.add(shortened(name));
            masked.add(SECRET.contains(name.toLowerCase(Locale.ROOT)) ? scheme(value) + "***" : shortened(value));
        });
        return Headers.of(masked.toArray(new String[0]));
    }

    /** The scheme of credentials is worth knowing and no secret: {@code Basic}, {@code Bearer}. */
    private static String scheme(String value) {
        int space = value.indexOf(' ');
        String scheme = space < 0 ? "" : value.substring(0, space + 1);
        return scheme.matches("(?i)(basic|bearer|negotiate|digest) ") ? scheme : "";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }
}
