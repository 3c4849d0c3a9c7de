package dev.berth.registry.auth.token;

import dev.berth.registry.http.Caller;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.auth.AccessNeeds;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.Authentication;
import dev.berth.registry.http.auth.Authenticator;
import dev.berth.registry.http.auth.Challenge;
import dev.berth.registry.http.auth.Permissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Callers who send a bearer token (RFC 6750), of the registry's own service or of one that it trusts. A token opens what is in
 * it, and nothing else. Without one the answer is 401 and says where to get it; so clients ask for one even to pull what
 * anybody may. Safe for use by several threads.
 */
public final class BearerAuthenticator implements Authenticator {

    private static final String SCHEME = "Bearer ";

    private final VerifiedTokens tokens;
    private final TokenVerifier verifier;
    private final String service;
    private final Function<RegistryRequest, String> realm;

    private BearerAuthenticator(
            TokenVerifier verifier,
            String service,
            Function<RegistryRequest, String> realm,
            Function<Caller, Optional<Permissions>> catalogue) {
        this.verifier = verifier;
        this.tokens = new VerifiedTokens(verifier, claims -> accept(claims, catalogue));
        this.service = service;
        this.realm = realm;
    }

    /**
     * Trusts the tokens of a service of one's own.
     *
     * @param realm where a client gets them, such as {@link TokenService#realm}
     * @param policy says which repositories stand in whose catalogue
     */
    public static BearerAuthenticator of(
            TokenIssuer issuer, Function<RegistryRequest, String> realm, AccessPolicy policy) {
        return new BearerAuthenticator(
                issuer.verifier(),
                issuer.settings().service(),
                realm,
                caller -> Optional.of(policy.permissions(caller)));
    }

    /**
     * Trusts the tokens of another service, as Docker's registry does with {@code REGISTRY_AUTH=token}. Whoever may see the
     * catalogue sees the whole.
     *
     * @param realm where a client gets them, a URL
     * @throws IllegalArgumentException if the realm or the service cannot stand in a challenge
     */
    public static BearerAuthenticator trusting(String realm, TokenSettings settings, TrustedKeys keys, Clock clock) {
        new Challenge("Bearer").with("realm", realm);
        return trusting(request -> realm, settings, keys, clock);
    }

    /**
     * The same with a service whose URL depends on how the registry was reached.
     *
     * @throws IllegalArgumentException if the service cannot stand in a challenge
     */
    public static BearerAuthenticator trusting(
            Function<RegistryRequest, String> realm, TokenSettings settings, TrustedKeys keys, Clock clock) {
        new Challenge("Bearer").with("service", settings.service());
        TokenVerifier verifier =
                new TokenVerifier(settings.issuer(), settings.service(), settings.skew(), keys, clock, false);
        return new BearerAuthenticator(verifier, settings.service(), realm, caller -> Optional.empty());
    }

    @Override
    public CompletionStage<Authentication> authenticate(RegistryRequest request) {
        if (request.headers().first("Authorization").isEmpty()) {
            return now(new Authentication.Absent(Permissions.none()));
        }
        Optional<String> sent = token(request);
        if (sent.isEmpty()) {
            return now(new Authentication.Rejected("a bearer token is expected in the Authorization header"));
        }
        String token = sent.get();
        Optional<Authentication> known = tokens.known(token);
        if (known.isPresent()) {
            return now(known.get());
        }
        CompletableFuture<Void> ready = verifier.prepare(token);
        // What comes after is not for the thread that fetched a key.
        return ready.isDone() ? now(tokens.look(token)) : ready.thenApplyAsync(done -> tokens.look(token));
    }

    private static Optional<String> token(RegistryRequest request) {
        List<String> fields = request.headers().all("Authorization");
        boolean bearer = fields.size() == 1 && fields.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return bearer
                ? Optional.of(fields.get(0).substring(SCHEME.length()).trim()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    private static Authentication.Accepted accept(
            TokenClaims claims, Function<Caller, Optional<Permissions>> catalogue) {
        return new Authentication.Accepted(
                claims.caller(), new TokenPermissions(claims.access(), catalogue.apply(claims.caller())));
    }

    private static CompletionStage<Authentication> now(Authentication authentication) {
        return CompletableFuture.completedFuture(authentication);
    }

    @Override
    public List<String> challenges(RegistryRequest request, AccessNeeds needs, Refusal refusal) {
        Challenge challenge =
                new Challenge("Bearer").with("realm", realm.apply(request)).with("service", service);
        if (!needs.scope().isEmpty()) {
            challenge = challenge.with("scope", needs.scope());
        }
        Challenge whole = switch (refusal) {
            case NO_CREDENTIAL -> challenge;
            // Whoever sends a password or nothing has no token that could be bad (RFC 6750, section 3.1).
            case INVALID -> token(request).isPresent() ? challenge.with("error", "invalid_token") : challenge;
            case INSUFFICIENT -> challenge.with("error", "insufficient_scope");
        };
        return List.of(whole.toString());
    }
}
