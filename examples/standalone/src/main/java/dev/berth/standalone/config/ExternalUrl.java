package dev.berth.standalone.config;

import java.net.URI;
import java.net.URISyntaxException;

/** The URL that {@code http.host} gives. */
final class ExternalUrl {

    private ExternalUrl() {}

    /** Scheme, host, port and perhaps a path, with no slash at the end. */
    static String parse(Value value) {
        try {
            URI uri = new URI(value.text());
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (http && uri.getHost() != null && bare) {
                return uri.toString().replaceAll("/+$", "");
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw value.wrong("a URL such as https://registry.example.com");
    }
}
