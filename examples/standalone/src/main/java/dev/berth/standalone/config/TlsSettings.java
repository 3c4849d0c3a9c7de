package dev.berth.standalone.config;

import java.nio.file.Path;
import java.util.List;

/**
 * How connections are encrypted.
 *
 * @param certificate the server's certificate and those it is issued by, in PEM
 * @param key its private key, in PEM
 * @param minimum {@code 1.2} or {@code 1.3}
 * @param clientAuthorities whose certificates clients show; empty if they need none
 * @param clientsMayBeUnknown whether a client may do without
 */
public record TlsSettings(
        Path certificate, Path key, String minimum, List<Path> clientAuthorities, boolean clientsMayBeUnknown) {

    public TlsSettings {
        clientAuthorities = List.copyOf(clientAuthorities);
    }
}
