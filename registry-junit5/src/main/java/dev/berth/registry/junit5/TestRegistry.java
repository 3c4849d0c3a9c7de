package dev.berth.registry.junit5;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.event.Events;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.image.recording.RecordedRegistry;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.jetty.tls.ClientSetup;
import dev.berth.registry.jetty.tls.TestCertificates;
import dev.berth.registry.layer.FreezableRegistry;
import dev.berth.registry.storage.memory.MemorySnapshot;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** A registry that is running for a test. */
final class TestRegistry implements StoreResource {

    /**
     * Enough for a request whose answer the test has seen and the server not yet put down. What a finished test left in
     * flight beyond that interests nobody.
     */
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(200);

    private final Object owner;
    private final RegistryServer server;
    private final FreezableRegistry freezable;
    private final TestClock clock;
    private final Journal journal;
    private final Faults faults;
    private final List<HttpFilter> ways;
    private final Optional<TestCertificates> certificates;
    private final Closeable storage;
    private final Optional<RecordedRegistry> recorded;
    private final AtomicReference<MemorySnapshot> first = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private TestRegistry(
            Object owner,
            RegistryServer server,
            FreezableRegistry freezable,
            TestClock clock,
            Journal journal,
            Faults faults,
            List<HttpFilter> ways,
            Optional<TestCertificates> certificates,
            Closeable storage,
            Optional<RecordedRegistry> recorded) {
        this.owner = owner;
        this.server = server;
        this.freezable = freezable;
        this.clock = clock;
        this.journal = journal;
        this.faults = faults;
        this.ways = ways;
        this.certificates = certificates;
        this.storage = storage;
        this.recorded = recorded;
    }

    static TestRegistry start(Settings settings) {
        TestClock clock = settings.clock().get();
        Journal journal = new Journal(Journal.DEFAULT_CAPACITY, clock);
        Faults faults = new Faults(clock);
        AtomicReference<FreezableRegistry> freezable = new AtomicReference<>();
        RegistryServer.Builder builder = RegistryServer.builder()
                .stopTimeout(STOP_TIMEOUT)
                .registryOptions(RegistryOptions.defaults().withClock(clock))
                .layer(next -> {
                    freezable.set(new FreezableRegistry(next));
                    return freezable.get();
                })
                .filter(journal)
                .filter(faults);
        Closeable storage = settings.storage().applyTo(builder, clock);
        try {
            Optional<TestCertificates> certificates = settings.access().applyTo(builder, clock);
            List<HttpFilter> ways = settings.ways().create(clock);
            ways.forEach(builder::filter);
            settings.customizer().customize(builder);
            Optional<RecordedRegistry> recorded = settings.recording().map(TestRecording::open);
            recorded.ifPresent(builder::filter);
            RegistryServer server = builder.start();
            faults.follow(server.events());
            fill(server, settings.seeds());
            return new TestRegistry(
                    settings.owner(),
                    server,
                    Objects.requireNonNull(freezable.get()),
                    clock,
                    journal,
                    faults,
                    ways,
                    certificates,
                    storage,
                    recorded);
        } catch (Throwable e) {
            closeAfter(e, storage);
            throw e;
        }
    }

    private static void fill(RegistryServer server, Seeds seeds) {
        try {
            seeds.plantIn(server.registry());
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void closeAfter(Throwable trouble, Closeable storage) {
        try {
            storage.close();
        } catch (IOException e) {
            trouble.addSuppressed(e);
        }
    }

    /** Whether a parameter or field of this type can be had from a registry. */
    static boolean provides(Class<?> type) {
        return type == RegistryServer.class
                || type == Registry.class
                || type == FreezableRegistry.class
                || type == Journal.class
                || type == Faults.class
                || type == Events.class
                || type == TestCertificates.class
                || type == ClientSetup.class
                || type == MemoryStorage.class
                || type == RecordedRegistry.class
                || type == TestClock.class
                || type == String.class;
    }

    /** What goes into a parameter or field of this type. */
    Object as(Class<?> type) {
        if (type == RegistryServer.class) {
            return server;
        }
        if (type == Registry.class) {
            return server.registry();
        }
        if (type == FreezableRegistry.class) {
            return freezable;
        }
        if (type == Events.class) {
            return server.events();
        }
        if (type == Journal.class) {
            return journal;
        }
        if (type == TestCertificates.class) {
            return certificates();
        }
        if (type == ClientSetup.class) {
            return clientSetup();
        }
        if (type == MemoryStorage.class) {
            return memory();
        }
        if (type == TestClock.class) {
            return clock;
        }
        if (type == RecordedRegistry.class) {
            return recorded();
        }
        return type == Faults.class ? faults : server.address();
    }

    /** Tells whoever reads of a test's failure what the registry was asked meanwhile. */
    void explain(Throwable failure) {
        if (!journal.exchanges().isEmpty() || !faults.active().isEmpty()) {
            RegistryReport.on(failure, server.address(), journal, faults, ways).ifPresent(failure::addSuppressed);
        }
    }

    /** Puts it back to what it was when this was called for the first time. */
    void reset() {
        MemoryStorage memory = memory();
        MemorySnapshot snapshot = first.get();
        if (snapshot == null) {
            first.set(memory.snapshot());
        } else {
            memory.restore(snapshot);
        }
        freezable.thaw();
        journal.clear();
        faults.clear();
    }

    TestClock clock() {
        return clock;
    }

    Journal journal() {
        return journal;
    }

    TestCertificates certificates() {
        return certificates.orElseThrow(
                () -> new ExtensionConfigurationException(
                        "The test's registry speaks plain HTTP, and has no certificates. Ask for TLS: @RegistryExtension(tls = true)"));
    }

    ClientSetup clientSetup() {
        String address = server.address();
        return certificates.map(c -> c.clientSetup(address)).orElseGet(() -> ClientSetup.plainHttp(address));
    }

    MemoryStorage memory() {
        if (storage instanceof MemoryStorage memory) {
            return memory;
        }
        throw new ExtensionConfigurationException(
                "The test's registry keeps its content in files. To have a MemoryStorage, leave storage = DIRECTORY out");
    }

    RecordedRegistry recorded() {
        return recorded.orElseThrow(() -> new ExtensionConfigurationException(
                "The test's registry answers itself, and from no recording. Ask for one: @RegistryExtension(recording ="
                        + " \"src/test/resources/recordings/pull\", recordingOf = \"https://registry.example\")"));
    }

    Faults faults() {
        return faults;
    }

    Object owner() {
        return owner;
    }

    FreezableRegistry freezable() {
        return freezable;
    }

    RegistryServer server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try (storage) {
            server.close();
            if (recorded.isPresent()) {
                recorded.get().close();
            }
        }
    }
}
