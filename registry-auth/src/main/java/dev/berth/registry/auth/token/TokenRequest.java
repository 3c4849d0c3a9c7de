package dev.berth.registry.auth.token;

import dev.berth.registry.http.auth.PasswordAttempt;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a client asks the token service for.
 *
 * @param service of which registry, if it says so
 * @param scopes for what
 * @param offline whether it wants a refresh token as well
 * @param password by which name and password
 * @param refreshToken by which refresh token
 * @param anonymous whether it does not say who it is, and the protocol lets it
 */
record TokenRequest(
        Optional<String> service,
        List<ResourceAccess> scopes,
        boolean offline,
        Optional<PasswordAttempt> password,
        Optional<String> refreshToken,
        boolean anonymous) {

    private static final int MOST_SCOPES = 100;

    /** Of the query of a GET ("Docker Registry v2 authentication via central service"). */
    static TokenRequest ofQuery(String query, Optional<PasswordAttempt> password, boolean anonymous) {
        Form form = Form.parse(query);
        boolean offline = form.first("offline_token").filter("true"::equals).isPresent();
        return new TokenRequest(form.first("service"), scopes(form), offline, password, Optional.empty(), anonymous);
    }

    /**
     * Of the body of a POST ("OAuth2 token authentication").
     *
     * @throws IllegalArgumentException if it is of no kind of grant that there is; the message says so
     */
    static TokenRequest ofForm(String body, String address) {
        Form form = Form.parse(body);
        boolean offline = form.first("access_type").filter("offline"::equals).isPresent();
        String grant = form.first("grant_type").orElse("");
        switch (grant) {
            case "password" -> {
                Optional<PasswordAttempt> attempt = form.first("username")
                        .filter(TokenRequest::isName)
                        .flatMap(name -> form.first("password")
                                .filter(TokenRequest::isText)
                                .map(password -> new PasswordAttempt(name, password, address)));
                return new TokenRequest(form.first("service"), scopes(form), offline, attempt, Optional.empty(), false);
            }
            case "refresh_token" -> {
                return new TokenRequest(
                        form.first("service"),
                        scopes(form),
                        offline,
                        Optional.empty(),
                        form.first("refresh_token"),
                        false);
            }
            default ->
                throw new IllegalArgumentException(
                        "grant_type is password or refresh_token, and nothing else is understood");
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= 256 && name.indexOf(':') < 0 && isText(name);
    }

    private static boolean isText(String text) {
        return text.length() <= 4096 && text.chars().noneMatch(Character::isISOControl);
    }

    private static List<ResourceAccess> scopes(Form form) {
        List<ResourceAccess> scopes = new ArrayList<>();
        for (String value : form.all("scope")) {
            for (String scope : value.split(" ")) {
                if (!scope.isEmpty() && scopes.size() < MOST_SCOPES) {
                    ResourceAccess.parse(scope).ifPresent(scopes::add);
                }
            }
        }
        return scopes;
    }

    /** Without the refresh token. */
    @Override
    public String toString() {
        return "a token for " + scopes.stream().map(ResourceAccess::scope).collect(Collectors.joining(" "));
    }

    /** A form as browsers encode it, in which a plus is a space. */
    private record Form(List<String> names, List<String> values) {

        /** @throws IllegalArgumentException if it is not well encoded */
        static Form parse(String text) {
            List<String> names = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (String part : text.split("&")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    names.add(URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8));
                    values.add(URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
            return new Form(names, values);
        }

        /** Without the values, one of which may be a password. */
        @Override
        public String toString() {
            return "a form of " + names;
        }

        Optional<String> first(String name) {
            return all(name).stream().filter(value -> !value.isEmpty()).findFirst();
        }

        List<String> all(String name) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).equals(name)) {
                    all.add(values.get(i));
                }
            }
            return all;
        }
    }
}
