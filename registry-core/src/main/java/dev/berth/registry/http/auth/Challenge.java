package dev.berth.registry.http.auth;

import java.util.regex.Pattern;

/**
 * The value of a {@code WWW-Authenticate} field (RFC 9110, section 11.6.1). Immutable.
 *
 * @param text as it is sent
 */
public record Challenge(String text) {

    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]*");

    /** The same with a parameter more, in quotes, as clients expect it.
     *
     * @throws IllegalArgumentException if the value has characters other than printable ASCII, or a quote or backslash
     */
    public Challenge with(String name, String value) {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("The " + name
                    + " of a challenge has printable ASCII characters alone, without quotes or backslashes");
        }
        return new Challenge(text + (text.indexOf('=') < 0 ? " " : ",") + name + "=\"" + value + '"');
    }

    @Override
    public String toString() {
        return text;
    }
}
