package dev.berth.registry.text;

/**
 * Makes text from outside safe to repeat in a message or a log line: in quotes, on one line, and never long.
 */
public final class Quoted {

    private static final int MAX_LENGTH = 120;

    private Quoted() {}

    /** Returns {@code text} in double quotes, shortened, with every character that is not printable ASCII shown as {@code ?}. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 3).append('"');
        for (int i = 0; i < text.length() && i < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            out.append(c >= 0x20 && c < 0x7f && c != '"' ? c : '?');
        }
        if (text.length() > MAX_LENGTH) {
            out.append('…');
        }
        return out.append('"').toString();
    }
}
