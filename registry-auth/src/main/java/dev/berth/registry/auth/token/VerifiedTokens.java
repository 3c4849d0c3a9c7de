package dev.berth.registry.auth.token;

import dev.berth.registry.http.auth.Authentication;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Tokens that were found to be good and what they open, so that each is looked into once in a while rather than each time.
 * Safe for use by several threads.
 */
final class VerifiedTokens {

    /** Ten thousand of the usual size; what they open takes a few times that. */
    private static final int MOST_CHARACTERS = 8 << 20;

    /** A key or a certificate may be trusted no more before the token ends. */
    private static final Duration LONGEST_KNOWN = Duration.ofMinutes(10);

    private final TokenVerifier verifier;
    private final Function<TokenClaims, Authentication.Accepted> opening;
    private final Map<ByteBuffer, Found> found = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private int characters;

    VerifiedTokens(TokenVerifier verifier, Function<TokenClaims, Authentication.Accepted> opening) {
        this(verifier, opening, MOST_CHARACTERS);
    }

    /** @param most how many characters the tokens that are remembered have together */
    VerifiedTokens(TokenVerifier verifier, Function<TokenClaims, Authentication.Accepted> opening, int most) {
        this.verifier = verifier;
        this.opening = opening;
        this.most = most;
    }

    /** What a token opens, if it was looked into of late and is still good. */
    Optional<Authentication> known(String token) {
        if (token.length() > TokenVerifier.LONGEST) {
            return Optional.empty();
        }
        ByteBuffer mark = mark(token);
        synchronized (found) {
            Found known = found.get(mark);
            if (known == null) {
                return Optional.empty();
            }
            boolean over = !known.end.isAfter(verifier.clock().instant());
            if (over || known.version != verifier.keys().version()) {
                found.remove(mark);
                characters -= known.characters;
                return Optional.empty();
            }
            return Optional.of(known.accepted);
        }
    }

    /** Looks into a token, and knows it from now on if it is good. */
    Authentication look(String token) {
        // Before it is looked into: a key that goes meanwhile takes the token with it.
        Object version = verifier.keys().version();
        TokenClaims claims;
        try {
            claims = verifier.verify(token);
        } catch (InvalidTokenException e) {
            return new Authentication.Rejected(String.valueOf(e.getMessage()));
        }
        Authentication.Accepted accepted = opening.apply(claims);
        remember(mark(token), new Found(accepted, end(claims), version, token.length()));
        return accepted;
    }

    private void remember(ByteBuffer mark, Found added) {
        synchronized (found) {
            Found former = found.put(mark, added);
            characters += added.characters - (former == null ? 0 : former.characters);
            Iterator<Found> eldest = found.values().iterator();
            while (characters > most) {
                characters -= eldest.next().characters;
                eldest.remove();
            }
        }
    }

    private Instant end(TokenClaims claims) {
        Instant end = claims.end().plus(verifier.skew());
        Instant latest = verifier.clock().instant().plus(LONGEST_KNOWN);
        return end.isBefore(latest) ? end : latest;
    }

    private static ByteBuffer mark(String token) {
        return ByteBuffer.wrap(DigestUtils.sha256(token));
    }

    private record Found(Authentication.Accepted accepted, Instant end, Object version, int characters) {}
}
