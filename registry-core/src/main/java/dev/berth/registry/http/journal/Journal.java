package dev.berth.registry.http.journal;

import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestMatch;
import dev.berth.registry.http.ResponseBody;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Remembers the exchanges of a registry: a filter to be put in front of all others, so that it sees what they answer. When a
 * client has an answer the journal has it too. Bodies are counted and not kept, secrets in header fields are masked.
 *
 * <pre>{@code
 * Journal journal = new Journal();
 * try (RegistryServer server = RegistryServer.builder().filter(journal).start()) {
 *     …
 *     assertThat(journal.exchanges(blobGet().in("team/app"))).hasSize(3);
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class Journal implements HttpFilter {

    /** How many exchanges a journal remembers that is told nothing, {@value}. */
    public static final int DEFAULT_CAPACITY = 10_000;

    private final int capacity;
    private final Clock clock;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long begun;
    private long forgotten;

    /** A journal of the last 10,000 exchanges. */
    public Journal() {
        this(DEFAULT_CAPACITY, Clock.systemUTC());
    }

    /**
     * A journal.
     *
     * @param capacity of how many exchanges, at least 1; some 2 KB are needed for each
     * @param clock tells when a request came
     * @throws IllegalArgumentException if the capacity is below 1
     */
    public Journal(int capacity, Clock clock) {
        if (capacity < 1) {
            throw new IllegalArgumentException("A journal is of 1 exchange or more, not of " + capacity);
        }
        this.capacity = capacity;
        this.clock = clock;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        Entry entry = begin(request);
        return next.handle(request.withBody(entry.counting(request.body()))).thenApply(response -> {
            entry.answered(response);
            return response.withBody(ResponseBody.watched(response.body(), entry));
        });
    }

    private synchronized Entry begin(RegistryRequest request) {
        if (entries.size() == capacity) {
            entries.removeFirst();
            forgotten++;
        }
        begun++;
        Entry entry = new Entry(begun, clock.instant(), request, this::changed);
        entries.addLast(entry);
        notifyAll();
        return entry;
    }

    private synchronized void changed() {
        notifyAll();
    }

    /** All exchanges that are remembered, in the order in which the requests came. */
    public synchronized List<Exchange> exchanges() {
        return entries.stream().map(Entry::exchange).toList();
    }

    /** Those whose requests match. */
    public List<Exchange> exchanges(RequestMatch requests) {
        return exchanges().stream().filter(e -> requests.test(e.request())).toList();
    }

    /** How many exchanges were dropped to make room for later ones. */
    public synchronized long forgotten() {
        return forgotten;
    }

    /** Forgets everything; exchanges that go on are not seen again. */
    public synchronized void clear() {
        entries.clear();
        forgotten = 0;
    }

    /**
     * Waits until a matching request has been answered, for clients that work in the background.
     *
     * @return the first such exchange, which may have been there already
     * @throws TimeoutException if there is none in time; the message lists what came instead
     * @throws InterruptedException if the thread is interrupted
     */
    public Exchange await(RequestMatch requests, Duration atMost) throws InterruptedException, TimeoutException {
        return await(
                requests.toString(),
                exchange -> exchange.state() != Exchange.State.ASKED && requests.test(exchange.request()),
                atMost);
    }

    /**
     * Waits until there is an exchange that meets a condition.
     *
     * @param words what is waited for, for the message
     * @return the first such exchange, which may have been there already
     * @throws TimeoutException if there is none in time; the message lists what came instead
     * @throws InterruptedException if the thread is interrupted
     */
    public synchronized Exchange await(String words, Predicate<? super Exchange> condition, Duration atMost)
            throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            for (Entry entry : entries) {
                Exchange exchange = entry.exchange();
                if (condition.test(exchange)) {
                    return exchange;
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException(
                        "No " + words + " within " + atMost.toMillis() + " ms; there were:\n" + this);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** A table of the last so many exchanges, for a person. */
    public String last(int most) {
        List<Exchange> exchanges;
        long dropped;
        synchronized (this) {
            exchanges = exchanges();
            dropped = forgotten;
        }
        int skipped = Math.max(0, exchanges.size() - most);
        return ExchangeTable.of(exchanges.subList(skipped, exchanges.size()), dropped + skipped);
    }

    /** A table of all that is remembered, for a person. */
    @Override
    public String toString() {
        return last(Integer.MAX_VALUE);
    }
}
