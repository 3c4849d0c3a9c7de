package dev.berth.registry.event.webhook;

import dev.berth.registry.event.Events;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.Subscription;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others by HTTP what happens in a registry, in the form in which Docker's registry does.
 *
 * <pre>{@code
 * Webhooks webhooks = Webhooks.to(URI.create("https://ci.example/hook"))
 *         .directory(Path.of("/var/lib/registry-hooks"))
 *         .start(server.events());
 * }</pre>
 *
 * <p>Each endpoint is told of everything, in the order in which it happened, one thing at a time and each until it answers with
 * 2xx: at least once, and by an {@code id} that stays the same. What waits for it does so in a directory, which the process may
 * leave in any way, or in memory. Whoever causes an event waits for none of this, so the process may end between the answer to
 * a push and the moment, some milliseconds later, when its notification is written down; that one is lost. Who has to know of
 * every push compares the lists of tags now and then.
 *
 * <p>Safe for use by several threads.
 */
public final class Webhooks implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    /** Events on their way to the queues: a few MB. */
    private static final int HANDOVER = 16_384;

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final List<EndpointQueue> queues;
    private final List<Thread> deliveries;
    private final Subscription subscription;

    private Webhooks(List<EndpointQueue> queues, List<Thread> deliveries, Subscription subscription) {
        this.queues = List.copyOf(queues);
        this.deliveries = List.copyOf(deliveries);
        this.subscription = subscription;
    }

    /** Webhooks with one endpoint, to be told more. */
    public static Builder to(URI url) {
        return builder().endpoint(WebhookEndpoint.to(url));
    }

    /** Webhooks to be told more. */
    public static Builder builder() {
        return new Builder();
    }

    /** How the endpoints are doing, in the order in which they were told. */
    public List<WebhookStatus> status() {
        return queues.stream()
                .map(queue -> queue.status(subscription.dropped()))
                .toList();
    }

    /**
     * Waits until all that is queued has been taken. What happened a moment ago may not be queued yet.
     *
     * @return whether that was so before the time was over
     * @throws InterruptedException if this thread is interrupted first
     */
    public boolean awaitDelivery(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        for (EndpointQueue queue : queues) {
            if (!queue.awaitEmpty(deadline)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Ends. What has happened is queued, and what is being sent gets as long as its endpoint may take, five seconds at most; the
     * rest waits in the directory for the next start, or is lost if there is none. May be called more than once.
     */
    @Override
    public void close() {
        subscription.close();
        try {
            subscription.awaitEnd(LONGEST_END);
            queues.forEach(EndpointQueue::end);
            long deadline = System.nanoTime() + LONGEST_END.toNanos();
            for (Thread delivery : deliveries) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                delivery.join(Math.max(1, left));
                delivery.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queues.forEach(Webhooks::close);
    }

    private static void close(EndpointQueue queue) {
        try {
            queue.close();
        } catch (IOException e) {
            LOG.warn("The queue of the webhook {} could not be closed", queue.endpoint(), e);
        }
    }

    /** What webhooks can be told before they start. Not safe for use by several threads. */
    public static final class Builder {

        private final List<WebhookEndpoint> endpoints = new ArrayList<>();
        private Optional<Path> directory = Optional.empty();
        private boolean references;
        private Optional<String> registryUrl = Optional.empty();
        private Optional<String> source = Optional.empty();

        private Builder() {}

        /**
         * Adds somebody to tell.
         *
         * @throws IllegalArgumentException if one is called the same
         */
        public Builder endpoint(WebhookEndpoint endpoint) {
            Set<String> names = new HashSet<>();
            endpoints.forEach(other -> names.add(other.name()));
            if (!names.add(endpoint.name())) {
                throw new IllegalArgumentException(
                        "There is a webhook called " + endpoint.name() + " already: give each a name of its own");
            }
            endpoints.add(endpoint);
            return this;
        }

        /** Where notifications wait, in a directory for each endpoint; in memory, and gone at the end, unless told. */
        public Builder directory(Path newDirectory) {
            directory = Optional.of(newDirectory);
            return this;
        }

        /** Tells what manifests are made of, up to 1,000 parts of each. Not unless told. */
        public Builder includeReferences() {
            references = true;
            return this;
        }

        /** What URLs in notifications begin with, such as {@code https://registry.example}; as the client reached it unless told. */
        public Builder registryUrl(String url) {
            registryUrl = Optional.of(url);
            return this;
        }

        /** What notifications say they come from, a host and a port; the name of this machine unless told. */
        public Builder source(String hostAndPort) {
            source = Optional.of(hostAndPort);
            return this;
        }

        /**
         * Starts to tell what is told to {@code events} from now on, and what waits from before.
         *
         * @throws UncheckedIOException if the directory cannot be used, or another process uses it
         */
        public Webhooks start(Events events) {
            return start(events, 0);
        }

        /**
         * As {@link #start(Events)}, for a registry at this port of this machine.
         *
         * @param port what to say in {@link #source} unless it was told; 0 for none
         */
        public Webhooks start(Events events, int port) {
            // First, since it fails where there are no file descriptors left, and nothing is open yet.
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
            List<EndpointQueue> queues = new ArrayList<>();
            try {
                for (WebhookEndpoint endpoint : endpoints) {
                    queues.add(new EndpointQueue(endpoint, backlog(endpoint)));
                }
            } catch (IOException e) {
                queues.forEach(Webhooks::close);
                throw new UncheckedIOException(e.getMessage(), e);
            }
            List<Thread> deliveries = new ArrayList<>();
            for (EndpointQueue queue : queues) {
                Thread thread = new Thread(
                        new Delivery(queue, client),
                        "registry-webhook-" + queue.endpoint().name());
                thread.setDaemon(true);
                deliveries.add(thread);
            }
            Notifications notifications = new Notifications(
                    references, registryUrl, source.orElseGet(() -> thisMachine() + (port == 0 ? "" : ":" + port)));
            Subscription subscription = events.subscribe(
                    event -> notify(event, notifications, queues), HANDOVER, event -> isWanted(event, queues));
            deliveries.forEach(Thread::start);
            return new Webhooks(queues, deliveries, subscription);
        }

        private Backlog backlog(WebhookEndpoint endpoint) throws IOException {
            return directory.isPresent()
                    ? FileBacklog.open(directory.get().resolve(endpoint.name()))
                    : new MemoryBacklog();
        }

        private static boolean isWanted(RegistryEvent event, List<EndpointQueue> queues) {
            Optional<WebhookAction> action = WebhookAction.of(event);
            if (action.isPresent()) {
                for (EndpointQueue queue : queues) {
                    if (!queue.endpoint().ignoredActions().contains(action.get())) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static void notify(RegistryEvent event, Notifications notifications, List<EndpointQueue> queues) {
            for (Notification notification : notifications.of(event)) {
                for (EndpointQueue queue : queues) {
                    if (queue.endpoint().wants(notification)) {
                        queue.add(notification);
                    }
                }
            }
        }

        /** As others in the network call it, if it knows. */
        private static String thisMachine() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }
}
