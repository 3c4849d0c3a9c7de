package dev.berth.benchmarks.suite;

/** What all pictures have in common. */
public final class Svg {

    private Svg() {}

    /** A text as it stands between tags, or in quotation marks. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
