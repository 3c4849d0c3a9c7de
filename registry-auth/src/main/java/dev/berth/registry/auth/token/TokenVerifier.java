package dev.berth.registry.auth.token;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.Headers;
import org.jose4j.lang.JoseException;

/**
 * Finds out whether a token is good: signed by a key that is trusted, by that key's algorithm and no other, by this issuer, for
 * this audience, at this time. Safe for use by several threads.
 */
final class TokenVerifier {

    /** The longest token that is looked at, in characters. */
    static final int LONGEST = 16 << 10;

    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    private final String issuer;
    private final String audience;
    private final Duration skew;
    private final TrustedKeys keys;
    private final Clock clock;
    private final boolean needsId;

    /** @param needsId whether a token without {@code jti} is none of ours */
    TokenVerifier(String issuer, String audience, Duration skew, TrustedKeys keys, Clock clock, boolean needsId) {
        this.issuer = issuer;
        this.audience = audience;
        this.skew = skew;
        this.keys = keys;
        this.clock = clock;
        this.needsId = needsId;
    }

    Clock clock() {
        return clock;
    }

    Duration skew() {
        return skew;
    }

    TrustedKeys keys() {
        return keys;
    }

    TokenClaims verify(String token) throws InvalidTokenException {
        if (token.length() > LONGEST) {
            throw new InvalidTokenException("the token is longer than " + LONGEST + " characters");
        }
        VerificationKey key = key(token);
        JwtConsumerBuilder consumer = new JwtConsumerBuilder()
                .setVerificationKey(key.key())
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, key.algorithms().toArray(String[]::new)))
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setAllowedClockSkewInSeconds((int) skew.toSeconds());
        if (needsId) {
            consumer.setRequireJwtId().setRequireNotBefore();
        }
        try {
            JwtClaims claims = consumer.build().processToClaims(token);
            return TokenClaims.of(claims);
        } catch (InvalidJwtException e) {
            throw new InvalidTokenException(reason(e));
        } catch (MalformedClaimException e) {
            throw new InvalidTokenException("the token's claims are not of their form");
        }
    }

    /** Sees to it that a token's key is at hand, if it can be had. */
    CompletableFuture<Void> prepare(String token) {
        try {
            return token.length() > LONGEST
                    ? READY
                    : id(unverified(token)).map(keys::prepare).orElse(READY);
        } catch (InvalidTokenException e) {
            return READY;
        }
    }

    private VerificationKey key(String token) throws InvalidTokenException {
        Headers headers = unverified(token);
        List<String> chain = headers.getObjectHeaderValue("x5c") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        Optional<VerificationKey> key = keys.find(id(headers), chain, clock.instant());
        return key.orElseThrow(() -> new InvalidTokenException("the token is signed by a key that is not trusted"));
    }

    private static Optional<String> id(Headers headers) {
        return headers.getObjectHeaderValue("kid") instanceof String id ? Optional.of(id) : Optional.empty();
    }

    private static Headers unverified(String token) throws InvalidTokenException {
        try {
            JsonWebSignature unverified = new JsonWebSignature();
            unverified.setCompactSerialization(token);
            return unverified.getHeaders();
        } catch (JoseException e) {
            throw new InvalidTokenException("the token is not a JSON Web Token that is signed");
        }
    }

    private static String reason(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "the token has expired";
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "the token is not valid yet";
        }
        if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "the token is from another issuer";
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "the token is for another service";
        }
        return "the token's signature or one of its claims is not good";
    }
}
