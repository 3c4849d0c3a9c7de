package dev.berth.standalone;

import dev.berth.standalone.log.LineLogging;

/**
 * Spares the start what takes long and is of no use here. These are properties of the process, which a program may set and a
 * library may not; one that is set already stays as it is.
 */
final class QuickStart {

    private QuickStart() {}

    static void prepare() {
        // Jetty asks JMX for the size of a reference: all of JMX comes up for it. This is the answer.
        set("org.eclipse.jetty.util.referencesPerCacheLine", "16");
        // Jetty asks for all languages that the JDK knows. Nothing here is said in any but English.
        set("java.locale.providers", "FALLBACK");
        // SLF4J would look through the class path for what is known here, and says so where it does not have to.
        set("slf4j.provider", LineLogging.class.getName());
        set("slf4j.internal.verbosity", "WARN");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
