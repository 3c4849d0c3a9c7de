package dev.berth.registry.auth.token;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JSON Web Key Set (RFC 7517) at a URL. It is fetched when a token comes, again after an hour, and when a token names a key
 * that is not in it, though not more often than every 30 seconds. If it cannot be fetched, what was there stays. Safe for
 * use by several threads.
 */
public final class RemoteKeys implements TrustedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LONGEST = 1 << 20;

    private final URI location;
    private final HttpClient http;
    private final Clock clock;
    private volatile Map<String, VerificationKey> keys = Map.of();
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
        if (!"http".equals(location.getScheme()) && !"https".equals(location.getScheme())) {
            throw new IllegalArgumentException("Keys are at a URL of http or https, and not at " + location);
        }
        return new RemoteKeys(location, http, clock);
    }

    @Override
    public Optional<VerificationKey> find(Optional<String> id, List<String> chain, Instant now) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        fetch(id.get());
        return Optional.ofNullable(keys.get(id.get()));
    }

    private synchronized void fetch(String id) {
        Instant now = clock.instant();
        boolean fresh = fetched.isAfter(now.minus(FRESH));
        boolean tooSoon = tried.isAfter(now.minus(LEAST_PAUSE));
        if ((fresh && keys.containsKey(id)) || tooSoon) {
            return;
        }
        tried = now;
        try {
            keys = Map.copyOf(KeyFiles.parse(body(), location));
            fetched = now;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The keys at {} cannot be fetched; those there were stay: {}", location, e.toString());
        }
    }

    private String body() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(location)
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (response.statusCode() != 200 || bytes.length > LONGEST) {
                throw new IOException("status " + response.statusCode() + ", " + bytes.length + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    public Object version() {
        return keys;
    }

    @Override
    public boolean mayBlock() {
        return true;
    }
}
