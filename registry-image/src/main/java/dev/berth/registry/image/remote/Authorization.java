package dev.berth.registry.image.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.text.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers challenges: with a user's password, or with a token that the service named gives out ("Docker Registry v2
 * authentication via central service"). What was asked for once is used until it is refused.
 */
final class Authorization {

    private static final int MOST_REMEMBERED = 1000;
    private static final int LONGEST_ANSWER = 1 << 20;

    private final Credentials credentials;
    private final boolean secure;
    private final Exchanges exchanges;
    private final Map<String, String> remembered = new ConcurrentHashMap<>();

    /** @param secure whether the registry is reached by https: its passwords go to no service that is not, then */
    Authorization(Credentials credentials, boolean secure, Exchanges exchanges) {
        this.credentials = credentials;
        this.secure = secure;
        this.exchanges = exchanges;
    }

    /** What to send with a request before it is asked for. Requests of one purpose need the same. */
    Optional<String> header(String purpose) {
        return credentials.bearer().or(() -> Optional.ofNullable(remembered.get(purpose)));
    }

    /** What to send with a request that was challenged, or empty if nothing would help. */
    Optional<String> answer(String purpose, HttpResponse<?> refusal) throws IOException {
        List<Challenge> challenges = refusal.headers().allValues("WWW-Authenticate").stream()
                .map(Challenge::parse)
                .toList();
        Optional<String> answer = Optional.empty();
        for (Challenge challenge : challenges) {
            if (answer.isEmpty()
                    && challenge.scheme().equals("bearer")
                    && credentials.bearer().isEmpty()) {
                answer = Optional.of("Bearer " + token(challenge));
            } else if (answer.isEmpty() && challenge.scheme().equals("basic")) {
                answer = credentials.basic();
            }
        }
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        answer.ifPresent(header -> remembered.put(purpose, header));
        return answer;
    }

    /** The text without the password, without what it is sent as, and without any token that is remembered. */
    String redacted(String text) {
        String redacted = credentials.redacted(text);
        for (String header : remembered.values()) {
            redacted = redacted.replace(header.substring(header.indexOf(' ') + 1), Credentials.REDACTED);
        }
        return redacted;
    }

    private String token(Challenge challenge) throws IOException {
        URI realm = realm(challenge.parameter("realm"));
        HttpRequest.Builder request = HttpRequest.newBuilder(withQuery(realm, challenge));
        credentials.basic().ifPresent(basic -> request.header("Authorization", basic));
        HttpResponse<InputStream> response = exchanges.send(request);
        try (InputStream body = response.body()) {
            byte[] answer = body.readNBytes(LONGEST_ANSWER);
            if (response.statusCode() != 200) {
                throw Refusals.of(response, answer);
            }
            return tokenOf(answer, realm);
        }
    }

    private URI realm(String text) throws IOException {
        URI realm;
        try {
            realm = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("The registry names a token service whose URL is none: " + Quoted.of(text), e);
        }
        boolean https = "https".equalsIgnoreCase(realm.getScheme());
        if (realm.getHost() == null || (!https && (secure || !"http".equalsIgnoreCase(realm.getScheme())))) {
            throw new IOException(
                    "The registry names a token service that no password should be sent to: " + Quoted.of(text));
        }
        return realm;
    }

    private static URI withQuery(URI realm, Challenge challenge) {
        StringJoiner query = new StringJoiner("&");
        if (realm.getRawQuery() != null) {
            query.add(realm.getRawQuery());
        }
        if (!challenge.parameter("service").isEmpty()) {
            query.add("service=" + encoded(challenge.parameter("service")));
        }
        for (String scope : challenge.parameter("scope").split(" ")) {
            if (!scope.isEmpty()) {
                query.add("scope=" + encoded(scope));
            }
        }
        String base = realm.toString();
        int end = base.indexOf('?');
        return URI.create((end < 0 ? base : base.substring(0, end)) + "?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String tokenOf(byte[] answer, URI realm) throws IOException {
        String token = "";
        try (JsonParser json = new JsonFactory().createParser(answer)) {
            for (JsonToken next = json.nextToken(); next != null; next = json.nextToken()) {
                boolean named = "token".equals(json.currentName()) || "access_token".equals(json.currentName());
                if (next == JsonToken.VALUE_STRING && named && token.isEmpty()) {
                    token = json.getText();
                }
            }
        }
        if (token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IOException("The token service " + realm.getHost() + " answered without a token");
        }
        return token;
    }
}
