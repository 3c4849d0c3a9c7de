package dev.berth.registry.image;

import dev.berth.registry.Platform;
import dev.berth.registry.text.Quoted;
import java.util.Optional;

/** Platforms as people write them, and which of them will do. */
final class Platforms {

    private Platforms() {}

    static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException(
                    "A platform is written as os/architecture or os/architecture/variant, as in" + " linux/arm64, and "
                            + Quoted.of(text) + " is not");
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? Optional.of(parts[2]) : Optional.empty());
    }

    /** Whether what runs on one platform will do for what is wanted. Who names no variant takes any. */
    static boolean serves(Platform offered, Platform wanted) {
        return offered.os().equals(wanted.os())
                && offered.architecture().equals(wanted.architecture())
                && (wanted.variant().isEmpty() || offered.variant().equals(wanted.variant()));
    }
}
