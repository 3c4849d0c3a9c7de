package dev.berth.registry.jetty;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.Jetty;

/**
 * The Jetty that is on the class path, which another library or a framework may have chosen. An older one than this module is
 * compiled against lacks methods, and the requests that need them would never be answered; it is better not to start.
 */
final class JettyVersion {

    private static final int MAJOR = 12;
    private static final int MINOR = 1;
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})\\..*");

    private JettyVersion() {}

    /** @throws IllegalStateException if it is too old */
    static void require() {
        require(Jetty.VERSION);
    }

    static void require(String version) {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            return; // one that somebody built and called something else
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        if (major < MAJOR || (major == MAJOR && minor < MINOR)) {
            throw new IllegalStateException(
                    "Jetty " + version + " is on the class path, and the registry needs " + MAJOR
                            + "." + MINOR
                            + " or later. Let the build choose that, or, in tests, take registry-junit5-shaded instead"
                            + " of registry-junit5: it has a Jetty of its own");
        }
    }
}
