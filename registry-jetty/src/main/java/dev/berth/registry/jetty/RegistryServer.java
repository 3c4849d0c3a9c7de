package dev.berth.registry.jetty;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.Retention;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.Origin;
import dev.berth.registry.event.webhook.Webhooks;
import dev.berth.registry.health.Health;
import dev.berth.registry.health.HealthCheck;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.HttpOptions;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RequestLog;
import dev.berth.registry.jetty.tls.Tls;
import dev.berth.registry.layer.NotifyingRegistry;
import dev.berth.registry.layer.QuotaRegistry;
import dev.berth.registry.quota.Quota;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that is being served over HTTP.
 *
 * <pre>{@code
 * try (RegistryServer server = RegistryServer.start()) {
 *     String image = server.address() + "/demo/app:1";   // 127.0.0.1:40123/demo/app:1
 *     …
 * }
 * }</pre>
 *
 * <p>There is no server that has not started: {@link Builder#start()} returns one that answers. Its threads are daemons, so a
 * server that is forgotten does not keep a program alive; a program that is nothing but a server waits in {@link #join()}.
 * Safe for use by several threads.
 */
public final class RegistryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);

    private final Listener listener;
    private final Registry registry;
    private final Events events;
    private final Optional<Webhooks> webhooks;
    private final Health health;
    private final Optional<Listener> management;
    private final List<Closeable> parts;

    /** @param parts what else to close, in this order, when the listener has been */
    private RegistryServer(
            Listener listener,
            Registry registry,
            Events events,
            Optional<Webhooks> webhooks,
            Health health,
            Optional<Listener> management,
            List<Closeable> parts) {
        this.listener = listener;
        this.registry = registry;
        this.events = events;
        this.webhooks = webhooks;
        this.health = health;
        this.management = management;
        this.parts = List.copyOf(parts);
    }

    /** Starts a registry in memory, on the loopback interface and a free port. */
    public static RegistryServer start() {
        return builder().start();
    }

    /** A server to be told more. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where the registry is served, such as {@code http://127.0.0.1:40123/}; {@code https} if with TLS. */
    public URI uri() {
        return URI.create(listener.scheme() + "://" + address() + "/");
    }

    /** Host and port, as they begin an image reference: {@code server.address() + "/demo/app:1"}. */
    public String address() {
        return listener.address();
    }

    /**
     * Host and port as they begin an image reference elsewhere: {@code server.address(ReachedFrom.DOCKER) + "/demo/app:1"} is
     * {@code host.docker.internal:40123/demo/app:1}. {@link ReachedFrom} says what that takes.
     */
    public String address(ReachedFrom from) {
        return from.host() + ":" + port();
    }

    /** The port. */
    public int port() {
        return listener.port();
    }

    /** The registry that is served, with its layers and beneath the HTTP filters. What is done with it is told as events. */
    public Registry registry() {
        return registry;
    }

    /**
     * What happens in the registry, by HTTP and by {@link #registry()}: {@code server.events().subscribe(event -> …)}. Closed
     * with the server, unless the builder was given it.
     */
    public Events events() {
        return events;
    }

    /** Who is told by HTTP of what happens, if the builder was told of any. */
    public Optional<Webhooks> webhooks() {
        return webhooks;
    }

    /** Whether the registry can do what it is there for: its storage can be written and has room. */
    public Health health() {
        return health;
    }

    /** Where those who look after the server ask, such as {@code http://127.0.0.1:40124/}; empty if that is the registry's port. */
    public Optional<URI> managementUri() {
        return management.map(m -> URI.create("http://" + m.address() + "/"));
    }

    /** Whether requests are answered. */
    public boolean isRunning() {
        return listener.isRunning();
    }

    /** Waits until the server has been closed. */
    public void join() throws InterruptedException {
        listener.join();
    }

    /**
     * Stops: takes no more connections, lets what is in flight come to its end within the stop timeout, cuts what is left,
     * and closes the storage if the server opened it. May be called more than once.
     */
    @Override
    public void close() {
        try {
            listener.close();
        } finally {
            parts.forEach(RegistryServer::close);
        }
    }

    private static void close(Closeable part) {
        try {
            part.close();
        } catch (IOException | RuntimeException e) {
            // The others are to be closed nevertheless.
            LOG.warn("{} could not be closed", part, e);
        }
    }

    /** What a server can be told before it starts. Not safe for use by several threads. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private StorageSource storage = () -> new Opened(new MemoryStorage(), true);
        private Optional<Registry> registry = Optional.empty();
        private RegistryOptions registryOptions = RegistryOptions.defaults();
        private HttpOptions httpOptions = HttpOptions.defaults();
        private Optional<Tls> tls = Optional.empty();
        private Optional<Events> events = Optional.empty();
        private Optional<Webhooks.Builder> webhooks = Optional.empty();
        private Management management = Management.onThePortOfTheRegistry();
        private final List<HealthCheck> checks = new ArrayList<>();
        private Optional<RequestLog.Format> requestLog = Optional.empty();
        private Duration stopTimeout = Duration.ofSeconds(5);
        private Duration idleTimeout = Duration.ofSeconds(60);
        private final List<LayerStack.Layer> layers = new ArrayList<>();
        private final UpkeepPlan upkeep = new UpkeepPlan();
        private boolean notesUses;

        private Builder() {}

        /** The host name or address to listen on; {@code 127.0.0.1} unless told, {@code 0.0.0.0} for all interfaces. */
        public Builder host(String newHost) {
            host = newHost;
            return this;
        }

        /**
         * The port to listen on, or 0, as unless told, for a free one.
         *
         * @throws IllegalArgumentException if it is not 0 to 65535
         */
        public Builder port(int newPort) {
            port = checkedPort(newPort);
            return this;
        }

        private static int checkedPort(int port) {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("A port is 0 to 65535, and not " + port);
            }
            return port;
        }

        /** Keeps content in memory, as long as the server runs. The default. */
        public Builder memory() {
            storage = () -> new Opened(new MemoryStorage(), true);
            return this;
        }

        /** Keeps content in a directory, which is made if it is not there, and outlives power cuts. */
        public Builder directory(Path root) {
            return directory(root, Durability.DURABLE);
        }

        /** Keeps content in a directory. */
        public Builder directory(Path root, Durability durability) {
            storage = () -> new Opened(FileStorage.open(root, durability), true);
            return this;
        }

        /** Keeps content in a storage that stays the caller's to close, after the server. */
        public Builder storage(Storage newStorage) {
            storage = () -> new Opened(newStorage, false);
            return this;
        }

        /** Serves a registry that is there already, whatever it keeps its content in. */
        public Builder registry(Registry newRegistry) {
            registry = Optional.of(newRegistry);
            return this;
        }

        /** Options of the registry over the storage. */
        public Builder registryOptions(RegistryOptions options) {
            registryOptions = options;
            return this;
        }

        /** Puts a layer around the registry; the first one told is the innermost. */
        public Builder layer(UnaryOperator<Registry> layer) {
            layers.add((next, innermost) -> layer.apply(next));
            return this;
        }

        /**
         * Holds pushes to quotas, as a layer; a layer told before stands behind it.
         *
         * @see QuotaRegistry
         */
        public Builder quota(Quota... quotas) {
            List<Quota> all = List.of(quotas);
            layers.add((next, innermost) -> {
                if (innermost instanceof StoredRegistry stored) {
                    return new QuotaRegistry(next, stored.usage(), all);
                }
                throw new IllegalStateException(
                        "Quotas are for a StoredRegistry, which knows what it holds, and this is another: "
                                + innermost);
            });
            return this;
        }

        /** Puts a filter in front of the protocol; the first one told is the outermost. */
        public Builder filter(HttpFilter filter) {
            httpOptions = httpOptions.plusFilter(filter);
            return this;
        }

        /** Changes the options of the HTTP side: {@code httpOptions(o -> o.withPageLimit(100))}. */
        public Builder httpOptions(UnaryOperator<HttpOptions> change) {
            httpOptions = change.apply(httpOptions);
            return this;
        }

        /**
         * Speaks TLS, and in it HTTP/1.1 and HTTP/2, as the client prefers. Plain HTTP unless told. Files that {@code tls} names
         * are read again when they change, for the connections that come after; ones that cannot be used leave everything as
         * it was, and a warning.
         */
        public Builder tls(Tls newTls) {
            tls = Optional.of(newTls);
            return this;
        }

        /**
         * Removes garbage while the server runs, the first time when {@code every} has passed. Not unless told. Only for a storage
         * that no other process writes to.
         *
         * @throws IllegalArgumentException if {@code every} is less than a millisecond
         */
        public Builder collect(Duration every, CollectionOptions options) {
            upkeep.add(layers.size(), Chores.collect(UpkeepPlan.atLeastAMillisecond(every), options));
            return this;
        }

        /**
         * Deletes what a policy does not keep while the server runs, the first time when {@code every} has passed. Not unless told.
         * It deletes through the layers that have been told before, so that it respects what they refuse, and a layer told
         * afterwards, such as one that lets no client delete, does not keep it from its work. Notes what is pulled.
         *
         * @throws IllegalArgumentException if {@code every} is less than a millisecond
         */
        public Builder retain(Duration every, RetentionPolicy policy) {
            return retain(every, stored -> stored.retention(policy));
        }

        /** As {@link #retain(Duration, RetentionPolicy)}, with more to say: {@code r -> r.retention(policy).sparing(tags::contains)}. */
        public Builder retain(Duration every, Function<StoredRegistry, Retention> retention) {
            notesUses = true;
            upkeep.add(layers.size(), Chores.retain(UpkeepPlan.atLeastAMillisecond(every), retention));
            return this;
        }

        /**
         * Removes upload sessions to which nothing has come for {@code age}, the first time when {@code every} has passed. Not unless
         * told; {@link #collect} does it too.
         *
         * @param dryRun whether it only says in the log how many there are
         * @throws IllegalArgumentException if {@code every} is less than a millisecond, or {@code age} negative
         */
        public Builder purgeUploads(Duration every, Duration age, boolean dryRun) {
            upkeep.add(layers.size(), Chores.purge(UpkeepPlan.atLeastAMillisecond(every), age, dryRun));
            return this;
        }

        /** Has none of what is done every so often begin, and what goes on end, while {@code paused} says so: for maintenance. */
        public Builder pauseUpkeepWhile(BooleanSupplier paused) {
            upkeep.pauseWhile(paused);
            return this;
        }

        /** Tells what happens to these, which stay the caller's to close; {@link RegistryServer#events()} has its own unless told. */
        public Builder events(Events newEvents) {
            events = Optional.of(newEvents);
            return this;
        }

        /**
         * Tells others by HTTP what happens: {@code webhooks(Webhooks.to(uri))}. They start and end with the server, and say
         * that they come from it, unless {@link Webhooks.Builder#source} says otherwise.
         */
        public Builder webhooks(Webhooks.Builder newWebhooks) {
            webhooks = Optional.of(newWebhooks);
            return this;
        }

        /**
         * Answers those who look after the server on a port of its own, without TLS and passwords: {@code /livez}, {@code /readyz},
         * {@code /healthz}, {@code /debug/health}, and the metrics. Unless told, the first three are on the registry's port, and say
         * but yes or no.
         *
         * @param host the name or address to listen on
         * @param newPort a port, or 0 for a free one
         * @throws IllegalArgumentException if the port is not 0 to 65535
         */
        public Builder management(String host, int newPort) {
            management = management.at(host, checkedPort(newPort));
            return this;
        }

        /** As {@link #management(String, int)}, on the loopback interface. */
        public Builder management(int newPort) {
            return management("127.0.0.1", newPort);
        }

        /**
         * Counts requests and more, and shows it in Prometheus' text format on the port of the management. Not unless told.
         *
         * @param path where, such as {@code /metrics}
         * @throws IllegalArgumentException if the path does not begin with a slash
         */
        public Builder metrics(String path) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("A path begins with a slash, unlike " + path);
            }
            management = management.withMetrics(path);
            return this;
        }

        /**
         * How health is looked at: at most once in {@code interval}, 10 seconds unless told, when somebody asks; a check that has
         * failed {@code threshold} times in a row, 1 unless told, counts.
         *
         * @throws IllegalArgumentException if the threshold is below 1
         */
        public Builder health(Duration interval, int threshold) {
            if (threshold < 1) {
                throw new IllegalArgumentException("A check fails at least once, and not " + threshold + " times");
            }
            requireNotNegative(interval);
            management = management.withHealth(interval, threshold);
            return this;
        }

        /** Has something else looked at when somebody asks after the server's health, beside its storage. */
        public Builder healthCheck(HealthCheck check) {
            checks.add(check);
            return this;
        }

        /** Whether each request is logged, to the logger {@code dev.berth.registry.access}. Not unless told. */
        public Builder requestLog(boolean log) {
            requestLog = log ? Optional.of(RequestLog.Format.TEXT) : Optional.empty();
            return this;
        }

        /** Has each request logged in this format, to the logger {@code dev.berth.registry.access}. */
        public Builder requestLog(RequestLog.Format format) {
            requestLog = Optional.of(format);
            return this;
        }

        /**
         * How long closing waits for what is in flight; 5 seconds unless told, zero to cut at once.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder stopTimeout(Duration timeout) {
            requireNotNegative(timeout);
            stopTimeout = timeout;
            return this;
        }

        /**
         * How long a connection may be silent, within a request or between two; 60 seconds unless told.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder idleTimeout(Duration timeout) {
            requireNotNegative(timeout);
            idleTimeout = timeout;
            return this;
        }

        /**
         * Starts the server. When this returns it answers; when it throws nothing is left behind.
         *
         * @throws UncheckedIOException if the storage or a key cannot be opened, or the port cannot be listened on: the cause is then a
         *     {@link java.net.BindException} whose message names host and port
         */
        public RegistryServer start() {
            List<Closeable> parts = new ArrayList<>();
            boolean started = false;
            try {
                RegistryServer server = start(parts);
                started = true;
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            } finally {
                // Be it an error that no program reckons with: a directory stays locked as long as the process lives.
                if (!started) {
                    parts.forEach(RegistryServer::close);
                }
            }
        }

        /**
         * Puts the parts together. The last one listens: nobody talks to a server that is half there.
         *
         * @param parts gets what is to be closed, in this order, whether the server has started or not
         */
        private RegistryServer start(List<Closeable> parts) throws IOException {
            registry.ifPresent(upkeep::requireFit);
            Registry innermost = registry.isPresent() ? registry.get() : open(parts);
            // There is no other part yet.
            boolean storageIsOurs = !parts.isEmpty();
            LayerStack stack = LayerStack.of(innermost, layers);
            Events told = events.orElseGet(Events::new);
            if (events.isEmpty()) {
                parts.add(0, told);
            }
            Optional<Webhooks> hooks = webhooks.map(builder -> builder.start(told, port));
            hooks.ifPresent(hook -> parts.add(0, hook));
            Oversight oversight = Oversight.of(management, stack, checks, hooks);
            Optional<Listener> second = oversight.listen(idleTimeout);
            second.ifPresent(parts::add);
            upkeep.start(
                            stack,
                            through -> telling(through, told).onBehalfOf(Origin.of(Chores.RETENTION)),
                            oversight.counting(told))
                    .ifPresent(started -> parts.add(0, started));
            Registry served = telling(stack.outermost(), told);
            Listener listener = Listener.start(
                    host,
                    port,
                    tls,
                    handler(served, oversight),
                    prompt(storageIsOurs && stack.passesPulls(), told),
                    stopTimeout,
                    idleTimeout);
            return new RegistryServer(listener, served, told, hooks, oversight.health(), second, parts);
        }

        private Registry open(List<Closeable> parts) throws IOException {
            Opened opened = storage.open();
            if (opened.own) {
                parts.add(opened.storage);
            }
            return new StoredRegistry(
                    opened.storage, notesUses ? registryOptions.withNotesOfUses(true) : registryOptions);
        }

        private NotifyingRegistry telling(Registry next, Events told) {
            return new NotifyingRegistry(next, told, registryOptions.clock());
        }

        /** What others wrote may wait for anything, even for another request to this server. */
        private BooleanSupplier prompt(boolean ours, Events told) {
            boolean allOurs = ours && httpOptions.filters().isEmpty();
            return () -> allOurs && !told.wanted();
        }

        private RegistryHandler handler(Registry served, Oversight oversight) {
            List<HttpFilter> outermost = new ArrayList<>(oversight.filters());
            requestLog.ifPresent(format -> outermost.add(new RequestLog(format)));
            return HttpFilter.chain(outermost, RegistryHandler.of(served, httpOptions));
        }

        private static void requireNotNegative(Duration timeout) {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("A timeout is not negative, as " + timeout + " is");
            }
        }

        private interface StorageSource {
            Opened open() throws IOException;
        }

        private record Opened(Storage storage, boolean own) {}
    }
}
