package dev.berth.registry.event.webhook;

import dev.berth.registry.event.webhook.Backlog.Entry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an endpoint what waits for it, one notification after the other, each until it is taken. */
final class Delivery implements Runnable {

    static final String TYPE = "application/vnd.docker.distribution.events.v1+json";

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final EndpointQueue queue;
    private final WebhookEndpoint endpoint;
    private final HttpClient client;
    private int failures;

    Delivery(EndpointQueue queue, HttpClient client) {
        this.queue = queue;
        this.endpoint = queue.endpoint();
        this.client = client;
    }

    /** What came of an attempt: nothing, where it was taken, or why it was not, and when it may be tried again. */
    private record Answer(Optional<String> problem, Optional<Duration> retryAfter) {}

    @Override
    public void run() {
        // Made here, because it is the thread's.
        Backoff backoff = new Backoff(endpoint.threshold(), endpoint.backoff(), ThreadLocalRandom.current());
        try {
            for (Optional<Entry> next = queue.await(); next.isPresent(); next = queue.await()) {
                Answer answer = send(next.get());
                if (answer.problem().isEmpty()) {
                    taken(next.get());
                } else {
                    refused(answer.problem().get());
                    queue.failed(backoff.after(failures, answer.retryAfter()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.error("The webhook {} is told nothing more: its queue cannot be read", endpoint, e);
        }
    }

    private void taken(Entry entry) throws IOException {
        if (failures > 0) {
            LOG.info("The webhook {} takes notifications again, after {} attempts that failed", endpoint, failures);
            failures = 0;
        }
        queue.sent(entry);
    }

    private void refused(String problem) {
        failures++;
        if (failures == 1) {
            LOG.warn("The webhook {} does not take notifications, and is tried again: {}", endpoint, problem);
        } else {
            LOG.debug("The webhook {} has failed {} times in a row: {}", endpoint, failures, problem);
        }
    }

    private Answer send(Entry entry) throws InterruptedException {
        HttpRequest request = endpoint.request()
                .setHeader("Content-Type", TYPE)
                .POST(BodyPublishers.ofString("{\"events\":[" + entry.json() + "]}"))
                .build();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(request, BodyHandlers.discarding());
        try {
            // The request's own timeout ends with the head of the answer, and its body might never end.
            HttpResponse<Void> response = exchange.get(endpoint.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return answer(response);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Answer(Optional.of("it does not answer within " + endpoint.timeout()), Optional.empty());
        } catch (ExecutionException e) {
            // Its message may have the URL in it, whose path may be a secret.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Answer(Optional.of(cause.getClass().getSimpleName()), Optional.empty());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        }
    }

    private static Answer answer(HttpResponse<Void> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Answer(Optional.empty(), Optional.empty());
        }
        String more = status >= 300 && status < 400 ? ": name the URL that this leads to" : "";
        Optional<Duration> retryAfter =
                response.headers().firstValue("Retry-After").flatMap(v -> RetryAfter.parse(v, Instant.now()));
        return new Answer(Optional.of("it answers " + status + more), retryAfter);
    }
}
