package dev.berth.registry.http;

import dev.berth.registry.http.HttpOptions.LocationStyle;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes {@code Location}. What a client or a proxy says of the host is used only if it can be nothing but a host. */
final class Locations {

    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?");

    private final LocationStyle style;

    Locations(LocationStyle style) {
        this.style = style;
    }

    String of(RegistryRequest request, Route route) {
        return style == LocationStyle.RELATIVE ? route.path() : origin(style, request) + route.path();
    }

    static String origin(LocationStyle style, RegistryRequest request) {
        return style == LocationStyle.FORWARDED ? forwarded(request) : direct(request);
    }

    private static String direct(RegistryRequest request) {
        String scheme = request.connection().secure() ? "https" : "http";
        return scheme + "://" + host(request);
    }

    private static String host(RegistryRequest request) {
        return request.headers()
                .first("Host")
                .filter(Locations::isAuthority)
                .orElse(request.connection().authority());
    }

    private static String forwarded(RegistryRequest request) {
        Headers headers = request.headers();
        Optional<String> standard = headers.first("Forwarded");
        Optional<String> proto = standard.flatMap(f -> parameter(f, "proto"))
                .or(() -> headers.first("X-Forwarded-Proto").map(Locations::firstOfList))
                .filter(p -> p.equals("http") || p.equals("https"));
        Optional<String> host = standard.flatMap(f -> parameter(f, "host"))
                .or(() -> headers.first("X-Forwarded-Host").map(Locations::firstOfList))
                .filter(Locations::isAuthority);
        Optional<String> port =
                headers.first("X-Forwarded-Port").map(Locations::firstOfList).filter(p -> p.matches("[0-9]{1,5}"));
        String scheme = proto.orElse(request.connection().secure() ? "https" : "http");
        String authority = host.orElseGet(() -> host(request));
        boolean portMissing = standard.isEmpty() && port.isPresent() && !authority.matches(".*:[0-9]+");
        boolean usualPort = port.equals(Optional.of(scheme.equals("https") ? "443" : "80"));
        return scheme + "://" + authority + (portMissing && !usualPort ? ":" + port.get() : "");
    }

    /** A parameter of the first, outermost proxy's element of a {@code Forwarded} field (RFC 7239). */
    private static Optional<String> parameter(String forwarded, String name) {
        for (String pair : firstOfList(forwarded).split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).trim().equalsIgnoreCase(name)) {
                String value = pair.substring(equals + 1).trim();
                boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
                return Optional.of(quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return Optional.empty();
    }

    private static String firstOfList(String value) {
        int comma = value.indexOf(',');
        return (comma < 0 ? value : value.substring(0, comma)).trim();
    }

    private static boolean isAuthority(String text) {
        return AUTHORITY.matcher(text).matches();
    }
}
