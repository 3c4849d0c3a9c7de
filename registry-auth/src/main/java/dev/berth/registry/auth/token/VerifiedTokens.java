package dev.berth.registry.auth.token;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** Tokens that were found to be good, so that each is looked into once. Safe for use by several threads. */
final class VerifiedTokens {

    private static final int MOST = 10_000;

    private final TokenVerifier verifier;
    private final Map<ByteBuffer, Found> found = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Found> eldest) {
            return size() > MOST;
        }
    };

    VerifiedTokens(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    /** What a token says, if it was looked into before and is still good. */
    Optional<TokenClaims> known(String token) {
        ByteBuffer mark = mark(token);
        synchronized (found) {
            Found known = found.get(mark);
            if (known == null) {
                return Optional.empty();
            }
            boolean over = !known.claims
                    .end()
                    .plus(verifier.skew())
                    .isAfter(verifier.clock().instant());
            if (over || known.version != verifier.keys().version()) {
                found.remove(mark);
                return Optional.empty();
            }
            return Optional.of(known.claims);
        }
    }

    TokenClaims look(String token) throws InvalidTokenException {
        Object version = verifier.keys().version();
        TokenClaims claims = verifier.verify(token);
        synchronized (found) {
            found.put(mark(token), new Found(claims, version));
        }
        return claims;
    }

    private static ByteBuffer mark(String token) {
        return ByteBuffer.wrap(DigestUtils.sha256(token));
    }

    private record Found(TokenClaims claims, Object version) {}
}
