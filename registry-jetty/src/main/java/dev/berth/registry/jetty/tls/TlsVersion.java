package dev.berth.registry.jetty.tls;

import java.util.List;
import java.util.Locale;

/** The versions of TLS that can be a server's lowest; those before are broken (RFC 8996). */
public enum TlsVersion {
    /** TLS 1.2 and 1.3. */
    TLS_1_2("tls1.2"),
    /** TLS 1.3 alone. */
    TLS_1_3("tls1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /**
     * Reads a version as Docker's registry calls it: {@code tls1.2} or {@code tls1.3}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static TlsVersion parse(String text) {
        for (TlsVersion version : values()) {
            if (version.text.equals(text.toLowerCase(Locale.ROOT))) {
                return version;
            }
        }
        throw new IllegalArgumentException("The lowest version of TLS is tls1.2 or tls1.3, and not \"" + text + "\"");
    }

    /** This version and those above, as Java calls them. */
    public List<String> protocols() {
        return this == TLS_1_2 ? List.of("TLSv1.3", "TLSv1.2") : List.of("TLSv1.3");
    }

    @Override
    public String toString() {
        return text;
    }
}
