package dev.berth.registry.http.auth;

import dev.berth.registry.http.Caller;
import dev.berth.registry.http.RegistryRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Users who send their name and password with each request (RFC 7617), as with registry:2's {@code htpasswd}.
 *
 * <p>Under a policy that lets everybody pull something, {@code /v2/} answers 200 to whoever sends no credential, and docker
 * will then never send one, not even to push; with tokens it will. Other clients answer to the challenge at the push.
 *
 * <p>Safe for use by several threads, if the users are.
 */
public final class BasicAuthenticator implements Authenticator {

    private static final CompletionStage<Authentication> UNREADABLE = CompletableFuture.completedFuture(
            new Authentication.Rejected("the Authorization header is not of the form that the challenge asks for"));
    private static final Authentication WRONG = new Authentication.Rejected("wrong user name or password");

    private final String challenge;
    private final Users users;
    private final AccessPolicy policy;

    /**
     * Asks for a name and a password.
     *
     * @param realm what the password is for, as a person is told
     * @param users who is known; to be wrapped into {@link ThrottledUsers} where strangers can reach the server
     * @param policy what they may do
     * @throws IllegalArgumentException if the realm has characters other than printable ASCII, or a quote or backslash
     */
    public BasicAuthenticator(String realm, Users users, AccessPolicy policy) {
        this.challenge = new Challenge("Basic").with("realm", realm).toString();
        this.users = users;
        this.policy = policy;
    }

    @Override
    public CompletionStage<Authentication> authenticate(RegistryRequest request) {
        if (request.headers().first("Authorization").isEmpty()) {
            return CompletableFuture.completedFuture(new Authentication.Absent(policy.permissions(Caller.anonymous())));
        }
        Optional<PasswordAttempt> attempt = PasswordAttempt.of(request);
        if (attempt.isEmpty()) {
            return UNREADABLE;
        }
        CompletionStage<Verdict> verdict = users.check(attempt.get());
        if (verdict instanceof CompletableFuture<Verdict> future
                && future.isDone()
                && !future.isCompletedExceptionally()) {
            return CompletableFuture.completedFuture(authentication(future.join()));
        }
        return verdict.thenApply(this::authentication);
    }

    private Authentication authentication(Verdict verdict) {
        if (verdict instanceof Verdict.Right right) {
            return new Authentication.Accepted(right.caller(), policy.permissions(right.caller()));
        }
        return verdict instanceof Verdict.Later later ? new Authentication.Throttled(later.retryAfter()) : WRONG;
    }

    @Override
    public List<String> challenges(RegistryRequest request, AccessNeeds needs, Refusal refusal) {
        return refusal == Refusal.INSUFFICIENT ? List.of() : List.of(challenge);
    }
}
