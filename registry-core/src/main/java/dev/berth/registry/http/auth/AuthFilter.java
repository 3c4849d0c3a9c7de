package dev.berth.registry.http.auth;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.auth.Authenticator.Refusal;
import dev.berth.registry.layer.RestrictedRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets requests through that whoever sends them may make, and tells the others how to be let through. This is the one place
 * that decides between 401 and 403, and it decides before the registry is asked for anything, so that what is there and what
 * is not are refused alike:
 *
 * <ul>
 *   <li>a credential that is not good is 401 with challenges, whatever it was sent to;
 *   <li>no credential where one is needed is 401 with challenges;
 *   <li>a good credential that does not go far enough is 403 {@code DENIED}, or 401 {@code UNAUTHORIZED} if the {@link
 *       Authenticator} has a challenge for this too. Bearer tokens do, as in Docker's registry: docker, containerd, skopeo and
 *       jib ask for another token when they see {@code error="insufficient_scope"}, once;
 *   <li>too many bad credentials are 429 {@code TOOMANYREQUESTS} with {@code Retry-After}.
 * </ul>
 *
 * <p>What passes carries its caller and sees the registry as that caller may: its catalogue holds, and its mounts find,
 * nothing that they may not pull ({@link RestrictedRegistry}). Safe for use by several threads.
 */
public final class AuthFilter implements HttpFilter {

    private static final String CHALLENGE = "WWW-Authenticate";

    private final Authenticator authenticator;

    /** A filter that asks {@code authenticator} who sends a request and what they may do. */
    public AuthFilter(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        CompletionStage<Authentication> found = authenticator.authenticate(request);
        // What is known at once, as it nearly always is, needs no further stage.
        if (found instanceof CompletableFuture<Authentication> future
                && future.isDone()
                && !future.isCompletedExceptionally()) {
            return decide(request, future.join(), next);
        }
        return found.thenCompose(authentication -> decide(request, authentication, next));
    }

    private CompletionStage<RegistryResponse> decide(
            RegistryRequest request, Authentication authentication, RegistryHandler next) {
        AccessNeeds needs = AccessNeeds.of(request);
        if (authentication instanceof Authentication.Accepted accepted) {
            RegistryRequest theirs = request.withCaller(accepted.caller());
            return allow(accepted.permissions(), needs)
                    ? next.handle(seenBy(theirs, accepted.permissions()))
                    : now(refuse(theirs, needs, Refusal.INSUFFICIENT, "requested access to the resource is denied"));
        }
        if (authentication instanceof Authentication.Absent absent) {
            return allow(absent.permissions(), needs)
                    ? next.handle(seenBy(request, absent.permissions()))
                    : now(refuse(request, needs, Refusal.NO_CREDENTIAL, "authentication required"));
        }
        if (authentication instanceof Authentication.Rejected rejected) {
            return now(refuse(request, needs, Refusal.INVALID, rejected.reason()));
        }
        return now(throttle(request, (Authentication.Throttled) authentication));
    }

    private static boolean allow(Permissions permissions, AccessNeeds needs) {
        for (Access access : needs.required()) {
            if (!permissions.allow(access)) {
                return false;
            }
        }
        return true;
    }

    private static RegistryRequest seenBy(RegistryRequest request, Permissions permissions) {
        return permissions.showEverything()
                ? request
                : request.withView(registry -> new RestrictedRegistry(registry, permissions));
    }

    private RegistryResponse refuse(RegistryRequest request, AccessNeeds needs, Refusal refusal, String reason) {
        List<String> challenges = authenticator.challenges(request, needs, refusal);
        ErrorCode code = challenges.isEmpty() ? ErrorCode.DENIED : ErrorCode.UNAUTHORIZED;
        RegistryResponse response = RegistryResponse.refusing(request, new RegistryException(code, reason));
        Headers headers = response.headers();
        for (String challenge : challenges) {
            headers = headers.plus(CHALLENGE, challenge);
        }
        return new RegistryResponse(response.status(), headers, response.body());
    }

    private static RegistryResponse throttle(RegistryRequest request, Authentication.Throttled throttled) {
        RegistryException refusal =
                new RegistryException(ErrorCode.TOOMANYREQUESTS, "too many wrong passwords: wait before you try again");
        long seconds = Math.max(1, throttled.retryAfter().plusMillis(999).toSeconds());
        return RegistryResponse.refusing(request, refusal).with("Retry-After", Long.toString(seconds));
    }

    private static CompletionStage<RegistryResponse> now(RegistryResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
