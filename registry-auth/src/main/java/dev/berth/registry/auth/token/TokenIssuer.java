package dev.berth.registry.auth.token;

import dev.berth.registry.http.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Makes tokens: JSON Web Tokens (RFC 7519), signed by the key ring's current key. Safe for use by several threads. */
public final class TokenIssuer {

    private final TokenSettings settings;
    private final KeyRing keys;
    private final Clock clock;

    /** An issuer whose tokens begin and end by a clock. */
    public TokenIssuer(TokenSettings settings, KeyRing keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    /** What it was made with. */
    public TokenSettings settings() {
        return settings;
    }

    /** The keys, which may be rotated. */
    public KeyRing keys() {
        return keys;
    }

    Instant now() {
        return clock.instant();
    }

    String issue(Caller caller, List<ResourceAccess> access) {
        JwtClaims claims = claims(settings.service(), settings.lifetime());
        TokenClaims.write(claims, caller, access);
        return sign(claims);
    }

    String issueRefresh(Caller caller, String revision) {
        JwtClaims claims = claims(refreshAudience(), settings.refreshLifetime());
        TokenClaims.writeRefresh(claims, caller, revision);
        return sign(claims);
    }

    private JwtClaims claims(String audience, Duration lifetime) {
        JwtClaims claims = new JwtClaims();
        Instant now = clock.instant();
        claims.setIssuer(settings.issuer());
        claims.setAudience(audience);
        claims.setIssuedAt(date(now));
        claims.setNotBefore(date(now));
        // Times are in whole seconds, and a token is to live for all of its time.
        claims.setExpirationTime(date(now.plus(lifetime).plusMillis(999)));
        claims.setGeneratedJwtId();
        return claims;
    }

    private static NumericDate date(Instant time) {
        return NumericDate.fromSeconds(time.getEpochSecond());
    }

    private String sign(JwtClaims claims) {
        SigningKey key = keys.signer();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.secret());
        signature.setKeyIdHeaderValue(key.verification().id());
        signature.setAlgorithmHeaderValue(key.verification().algorithm());
        signature.setHeader("typ", "JWT");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("The key could not sign", e);
        }
    }

    /** A refresh token is for the token service alone, and no registry takes it for a token. */
    private String refreshAudience() {
        return settings.service() + " refresh";
    }

    TokenVerifier verifier() {
        return verifier(settings.service());
    }

    TokenVerifier refreshVerifier() {
        return verifier(refreshAudience());
    }

    private TokenVerifier verifier(String audience) {
        return new TokenVerifier(settings.issuer(), audience, settings.skew(), keys, clock, true);
    }
}
