package dev.berth.registry.http.profile;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.recent.RecentlyUsed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * So many pulls in a time, for each user or else each address: a {@code GET} of a manifest is one, a {@code HEAD} is none. What
 * is left is told in {@code RateLimit-Limit} and {@code RateLimit-Remaining}; beyond it is 429. Safe for use by several threads.
 */
public final class PullLimit implements Quirk {

    private static final int MOST_PULLERS = 10_000;

    private final int pulls;
    private final Duration window;
    private final Clock clock;
    private final RecentlyUsed<String, ArrayDeque<Instant>> seen = new RecentlyUsed<>(MOST_PULLERS);

    /**
     * A limit.
     *
     * @param pulls at least 0
     * @param window at least a second
     * @param clock tells the time
     * @throws IllegalArgumentException if a number is out of its range
     */
    public PullLimit(int pulls, Duration window, Clock clock) {
        if (pulls < 0 || window.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "A limit is of 0 pulls or more in a second or more, not of " + pulls + " in " + window);
        }
        this.pulls = pulls;
        this.window = window;
        this.clock = clock;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        boolean pull = request.isTo(Endpoint.MANIFEST_GET);
        if (!pull && !request.isTo(Endpoint.MANIFEST_HEAD)) {
            return next.handle(request);
        }
        int left = count(who(request), pull);
        if (left < 0) {
            RegistryException refusal = new RegistryException(
                    ErrorCode.TOOMANYREQUESTS, "you have reached your limit of pulls, and have to wait or to log in");
            return CompletableFuture.completedFuture(told(RegistryResponse.refusing(request, refusal), 0)
                    .with("Retry-After", Long.toString(window.toSeconds())));
        }
        return next.handle(request).thenApply(response -> told(response, left));
    }

    private static String who(RegistryRequest request) {
        return request.caller().isAnonymous()
                ? request.connection().remoteAddress()
                : "user " + request.caller().name();
    }

    /** What is left after this one; below zero if it is one too many. */
    private synchronized int count(String puller, boolean pull) {
        Instant now = clock.instant();
        ArrayDeque<Instant> theirs = seen.get(puller, ArrayDeque::new);
        while (!theirs.isEmpty() && !theirs.getFirst().plus(window).isAfter(now)) {
            theirs.removeFirst();
        }
        if (!pull) {
            return pulls - theirs.size();
        }
        if (theirs.size() == pulls) {
            return -1;
        }
        theirs.addLast(now);
        return pulls - theirs.size();
    }

    private RegistryResponse told(RegistryResponse response, int left) {
        String suffix = ";w=" + window.toSeconds();
        return response.with("RateLimit-Limit", pulls + suffix).with("RateLimit-Remaining", left + suffix);
    }

    @Override
    public String toString() {
        return pulls + " pulls in " + window.toSeconds() + " s";
    }
}
