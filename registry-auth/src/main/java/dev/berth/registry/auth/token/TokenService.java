package dev.berth.registry.auth.token;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.Caller;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.ResponseBody;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.Challenge;
import dev.berth.registry.http.auth.PasswordAttempt;
import dev.berth.registry.http.auth.Users;
import dev.berth.registry.http.auth.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;

/**
 * Gives tokens out at {@code /token}: by {@code GET} as "Docker Registry v2 authentication via central service" has it, and by
 * {@code POST} as "OAuth2 token authentication" does. A token grants what the policy allows of what was asked for, which may
 * be nothing. Who does not say who they are gets a token as well, if the policy lets anyone do anything. The keys by which
 * others can check the tokens are at {@code /token/keys}, as a JSON Web Key Set.
 *
 * <p>It is a filter, to be put in front of the one that asks for tokens. Safe for use by several threads.
 */
public final class TokenService implements HttpFilter {

    private static final String PATH = "/token";
    private static final String KEYS = PATH + "/keys";
    private static final String WRONG = "wrong user name or password";
    private static final int LONGEST_FORM = 64 << 10;

    private final TokenIssuer issuer;
    private final TokenVerifier refreshTokens;
    private final Users users;
    private final AccessPolicy policy;
    private final LocationStyle style;

    /**
     * A service whose URL is the one that the registry was reached by.
     *
     * @param users who is known; to be wrapped into {@code ThrottledUsers} where strangers can reach the server
     * @param policy what they may do
     */
    public TokenService(TokenIssuer issuer, Users users, AccessPolicy policy) {
        this(issuer, users, policy, LocationStyle.ABSOLUTE);
    }

    /**
     * A service whose URL is found as {@code style} says, from headers of a trusted proxy for instance.
     *
     * @throws IllegalArgumentException if the service's name cannot stand in a challenge
     */
    public TokenService(TokenIssuer issuer, Users users, AccessPolicy policy, LocationStyle style) {
        new Challenge("Basic").with("realm", issuer.settings().service());
        this.issuer = issuer;
        this.refreshTokens = issuer.refreshVerifier();
        this.users = users;
        this.policy = policy;
        this.style = style;
    }

    /** Where a client that sent {@code request} reaches this service: a URL, for the challenge that leads here. */
    public String realm(RegistryRequest request) {
        return style.origin(request) + PATH;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        String target = request.target();
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        if (path.equals(KEYS)) {
            return now(request.method().equals("GET") ? keys() : notAllowed(request, "GET"));
        }
        if (!path.equals(PATH)) {
            return next.handle(request);
        }
        try {
            return switch (request.method()) {
                case "GET" -> get(request, question < 0 ? "" : target.substring(question + 1));
                case "POST" -> post(request);
                default -> now(notAllowed(request, "GET, POST"));
            };
        } catch (IllegalArgumentException e) {
            return now(malformed(request, String.valueOf(e.getMessage())));
        }
    }

    private RegistryResponse keys() {
        return json(issuer.keys().publicKeySet(), "application/jwk-set+json", "no-cache");
    }

    private static RegistryResponse notAllowed(RegistryRequest request, String methods) {
        String reason = request.method() + " does not go with this path: use " + methods.replace(",", " or");
        return RegistryResponse.refusing(request, new RegistryException(ErrorCode.UNSUPPORTED, reason))
                .with("Allow", methods);
    }

    private CompletionStage<RegistryResponse> get(RegistryRequest request, String query) {
        boolean credential = request.headers().first("Authorization").isPresent();
        Optional<PasswordAttempt> attempt = PasswordAttempt.of(request);
        return answer(request, TokenRequest.ofQuery(query, attempt, !credential));
    }

    private CompletionStage<RegistryResponse> post(RegistryRequest request) {
        return read(request.body()).thenCompose(form -> {
            try {
                return answer(
                        request, TokenRequest.ofForm(form, request.connection().remoteAddress()));
            } catch (IllegalArgumentException e) {
                return now(malformed(request, String.valueOf(e.getMessage())));
            }
        });
    }

    private static CompletionStage<String> read(RequestBody body) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        return body.drainTo(bytes -> {
                    if (form.size() + bytes.remaining() > LONGEST_FORM) {
                        throw new RegistryException(
                                ErrorCode.SIZE_INVALID, "a form for a token has at most " + LONGEST_FORM + " bytes");
                    }
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    form.writeBytes(copy);
                })
                .thenApply(done -> form.toString(StandardCharsets.UTF_8));
    }

    private CompletionStage<RegistryResponse> answer(RegistryRequest request, TokenRequest asked) {
        String service = issuer.settings().service();
        if (asked.service().filter(s -> !s.equals(service)).isPresent()) {
            return now(malformed(request, "tokens given out here are for the service " + service));
        }
        if (asked.refreshToken().isPresent()) {
            return now(refresh(request, asked, asked.refreshToken().get()));
        }
        if (asked.password().isPresent()) {
            return users.check(asked.password().get()).thenApply(verdict -> login(request, asked, verdict));
        }
        boolean welcome = policy.permissions(Caller.anonymous()).allowBase();
        return now(
                asked.anonymous() && welcome
                        ? grant(request, asked, Caller.anonymous())
                        : refuse(request, asked.anonymous() ? "authentication required" : WRONG));
    }

    private RegistryResponse login(RegistryRequest request, TokenRequest asked, Verdict verdict) {
        if (verdict instanceof Verdict.Right right) {
            return grant(request, asked, right.caller());
        }
        if (verdict instanceof Verdict.Later later) {
            long seconds = Math.max(1, later.retryAfter().plusMillis(999).toSeconds());
            return RegistryResponse.refusing(
                            request,
                            new RegistryException(
                                    ErrorCode.TOOMANYREQUESTS, "too many wrong passwords: wait before you try again"))
                    .with("Retry-After", Long.toString(seconds));
        }
        return refuse(request, WRONG);
    }

    private RegistryResponse refresh(RegistryRequest request, TokenRequest asked, String token) {
        try {
            TokenClaims claims = refreshTokens.verify(token);
            boolean same = users.revision(claims.caller().name())
                    .filter(claims.revision()::equals)
                    .isPresent();
            return same
                    ? grant(request, asked, claims.caller())
                    : refuse(request, "the refresh token is good no more: log in again");
        } catch (InvalidTokenException e) {
            return refuse(request, "the refresh token is not good: " + e.getMessage());
        }
    }

    private RegistryResponse grant(RegistryRequest request, TokenRequest asked, Caller caller) {
        List<ResourceAccess> granted = Grants.of(asked.scopes(), policy.permissions(caller));
        String token = issuer.issue(caller, granted);
        if (token.length() > TokenVerifier.LONGEST) {
            return malformed(request, "what is asked for does not fit into one token: ask for fewer scopes at a time");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token", token);
        answer.put("access_token", token);
        answer.put("token_type", "Bearer");
        answer.put("expires_in", Math.max(1, issuer.settings().lifetime().toSeconds()));
        answer.put("issued_at", issuer.now().truncatedTo(ChronoUnit.SECONDS).toString());
        answer.put("scope", granted.stream().map(ResourceAccess::scope).collect(Collectors.joining(" ")));
        if (asked.offline() && !caller.isAnonymous()) {
            refreshToken(asked, caller).ifPresent(refresh -> answer.put("refresh_token", refresh));
        }
        return json(JsonUtil.toJson(answer), "application/json", "no-store");
    }

    private static RegistryResponse json(String text, String type, String caching) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        return RegistryResponse.of(200, "Content-Type", type, "Cache-Control", caching)
                .with("Content-Length", Integer.toString(json.length))
                .withBody(ResponseBody.of(json));
    }

    private Optional<String> refreshToken(TokenRequest asked, Caller caller) {
        return asked.refreshToken()
                .or(() -> users.revision(caller.name()).map(revision -> issuer.issueRefresh(caller, revision)));
    }

    private RegistryResponse refuse(RegistryRequest request, String reason) {
        RegistryException refusal = new RegistryException(ErrorCode.UNAUTHORIZED, reason);
        String challenge = new Challenge("Basic")
                .with("realm", issuer.settings().service())
                .toString();
        return RegistryResponse.refusing(request, refusal).with("WWW-Authenticate", challenge);
    }

    private static RegistryResponse malformed(RegistryRequest request, String reason) {
        return RegistryResponse.refusing(
                request, new RegistryException(400, List.of(new RegistryError(ErrorCode.UNSUPPORTED, reason))));
    }

    private static CompletionStage<RegistryResponse> now(RegistryResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
