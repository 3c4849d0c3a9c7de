package dev.berth.standalone;

import dev.berth.registry.storage.file.Durability;
import dev.berth.standalone.config.Configuration;
import dev.berth.standalone.config.ListenAddress;

/** What is said at the start: where, to whom, what of, and what to do next. */
final class Greeting {

    private Greeting() {}

    static String of(Configuration configuration, String version, int port) {
        ListenAddress address = configuration.address();
        String registry = host(address) + ":" + port;
        String scheme = configuration.tls().isPresent() ? "https://" : "http://";
        String url = configuration.externalUrl().orElse(scheme + registry);
        return String.join(
                System.lineSeparator(),
                version + " serves " + url + " " + audience(address, configuration),
                content(configuration) + "; " + rights(configuration),
                "Try: docker " + (configuration.readOnly() ? "pull " : "push ") + registry + "/demo/app:1");
    }

    /** Docker speaks plain HTTP to a registry on {@code localhost} without being told to. */
    private static String host(ListenAddress address) {
        if (address.isAll() || !address.isOpen()) {
            return "localhost";
        }
        return address.host().indexOf(':') < 0 ? address.host() : "[" + address.host() + "]";
    }

    private static String audience(ListenAddress address, Configuration configuration) {
        return address.isOpen()
                ? "to everyone who can reach " + (address.isAll() ? "this machine" : address.host())
                        + (configuration.auth().isPresent() ? "" : ", without a password")
                : "to this machine alone (--host 0.0.0.0 opens it to others)";
    }

    private static String content(Configuration configuration) {
        String care = configuration.durability() == Durability.FAST ? ", without waiting for the disk" : "";
        return configuration
                .directory()
                .map(directory ->
                        "Content is kept in " + directory.toAbsolutePath().normalize() + care)
                .orElse("Content is kept in memory, and gone at the end");
    }

    private static String rights(Configuration configuration) {
        if (configuration.readOnly()) {
            return "clients may pull only";
        }
        return configuration.deletes() ? "clients may push, pull and delete" : "clients may push and pull, not delete";
    }
}
