package dev.berth.registry.auth.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JSON Web Key Set (RFC 7517) at a URL, of at most 1 MiB. It is fetched when a token comes, again after an hour, and when a
 * token names a key that is not in it, though not more often than every 30 seconds and for no longer than 10. If it cannot be
 * fetched, what was there stays. A token whose key is there never waits, and none holds a thread while it does. Safe for use by
 * several threads.
 */
public final class RemoteKeys implements TrustedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int LONGEST = 1 << 20;
    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    private final URI location;
    private final HttpClient http;
    private final Clock clock;
    private volatile Map<String, VerificationKey> keys = Map.of();
    private CompletableFuture<Void> running = READY;
    private Instant fetched = Instant.MIN;
    private Instant tried = Instant.MIN;

    private RemoteKeys(URI location, HttpClient http, Clock clock) {
        this.location = location;
        this.http = http;
        this.clock = clock;
    }

    /**
     * Keys at a URL.
     *
     * @throws IllegalArgumentException if it is not one of http or https
     */
    public static RemoteKeys at(URI location) {
        return at(location, HttpClient.newBuilder().connectTimeout(TIMEOUT).build(), Clock.systemUTC());
    }

    /** The same by a client, which may trust other authorities, and a clock of the caller's. */
    public static RemoteKeys at(URI location, HttpClient http, Clock clock) {
        boolean web = "http".equals(location.getScheme()) || "https".equals(location.getScheme());
        if (!web || location.getHost() == null) {
            throw new IllegalArgumentException("Keys are at a URL of http or https, and not at " + location);
        }
        return new RemoteKeys(location, http, clock);
    }

    @Override
    public Optional<VerificationKey> find(Optional<String> id, List<String> chain, Instant now) {
        return id.map(keys::get);
    }

    @Override
    public CompletableFuture<Void> prepare(String id) {
        CompletableFuture<Void> fetch = fetchIfDue(keys.containsKey(id));
        return keys.containsKey(id) ? READY : fetch;
    }

    private synchronized CompletableFuture<Void> fetchIfDue(boolean known) {
        Instant now = clock.instant();
        boolean fresh = fetched.isAfter(now.minus(FRESH));
        boolean tooSoon = tried.isAfter(now.minus(LEAST_PAUSE));
        if (running.isDone() && !tooSoon && !(known && fresh)) {
            tried = now;
            running = fetch(now);
        }
        return running;
    }

    private CompletableFuture<Void> fetch(Instant now) {
        HttpRequest request = HttpRequest.newBuilder(location)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, head -> new BoundedBody(LONGEST));
        return answer.copy()
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(this::read)
                .handle((read, failure) -> {
                    done(now, read, failure);
                    answer.cancel(true);
                    return null;
                });
    }

    private Map<String, VerificationKey> read(HttpResponse<byte[]> answer) {
        try {
            if (answer.statusCode() != 200) {
                throw new IOException("the answer's status is " + answer.statusCode());
            }
            return KeyFiles.parse(new String(answer.body(), StandardCharsets.UTF_8), location);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void done(
            Instant now, @Nullable Map<String, VerificationKey> read, @Nullable Throwable failure) {
        if (read != null) {
            keys = Map.copyOf(read);
            fetched = now;
        } else if (failure != null) {
            LOG.warn("The keys at {} cannot be fetched; those there were stay: {}", location, reason(failure));
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof TimeoutException ? "no answer within " + TIMEOUT.toSeconds() + " s" : cause.toString();
    }

    @Override
    public Object version() {
        return keys;
    }
}
