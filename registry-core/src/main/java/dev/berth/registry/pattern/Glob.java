package dev.berth.registry.pattern;

import dev.berth.registry.text.Quoted;
import java.util.regex.Pattern;

/** Text in which {@code *} stands for any characters but {@code /}, and {@code **} for any at all. */
final class Glob {

    private static final int LONGEST = 300;

    private final String text;
    private final Pattern pattern;

    /** @throws IllegalArgumentException if {@code text} has anything but the stars that no {@code what} can have */
    Glob(String text, String what, String characters) {
        if (text.isEmpty()
                || text.length() > LONGEST
                || !text.matches("[*" + characters + "]+")
                || text.contains("***")) {
            throw new IllegalArgumentException(Quoted.of(text) + " is no pattern of " + what + ": it takes what " + what
                    + " are made of, '*' for any characters but '/', and '**' for any at all");
        }
        this.text = text;
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean star = text.charAt(i) == '*';
            boolean two = star && text.startsWith("**", i);
            regex.append(two ? ".*" : star ? "[^/]*" : Pattern.quote(text.substring(i, i + 1)));
            i += two ? 1 : 0;
        }
        pattern = Pattern.compile(regex.toString());
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
