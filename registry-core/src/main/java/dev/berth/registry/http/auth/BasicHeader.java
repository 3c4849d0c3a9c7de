package dev.berth.registry.http.auth;

import dev.berth.registry.http.RegistryRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads {@code Authorization: Basic …} (RFC 7617). */
final class BasicHeader {

    private static final String SCHEME = "Basic ";
    private static final int MAX_LENGTH = 8192;

    private BasicHeader() {}

    /** The name and password in a request's only {@code Authorization} field; empty for anything else. */
    static Optional<PasswordAttempt> read(RegistryRequest request) {
        List<String> fields = request.headers().all("Authorization");
        if (fields.size() != 1) {
            return Optional.empty();
        }
        String field = fields.get(0);
        if (field.length() > MAX_LENGTH || !field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return decode(field.substring(SCHEME.length()).trim()).flatMap(pair -> split(pair, request));
    }

    private static Optional<String> decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<PasswordAttempt> split(String pair, RegistryRequest request) {
        int colon = pair.indexOf(':');
        // bcrypt ends a password at a NUL, and a line break would end an entry of the file: neither is ever meant.
        if (colon <= 0 || pair.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        String address = request.connection().remoteAddress();
        return Optional.of(new PasswordAttempt(pair.substring(0, colon), pair.substring(colon + 1), address));
    }
}
