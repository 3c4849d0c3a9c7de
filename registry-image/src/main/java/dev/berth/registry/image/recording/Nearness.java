package dev.berth.registry.image.recording;

/** How much two texts have in common at their beginning and at their end. */
final class Nearness {

    private Nearness() {}

    static int of(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int prefix = 0;
        while (prefix < most && one.charAt(prefix) == other.charAt(prefix)) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < most - prefix
                && one.charAt(one.length() - 1 - suffix) == other.charAt(other.length() - 1 - suffix)) {
            suffix++;
        }
        return prefix + suffix;
    }
}
