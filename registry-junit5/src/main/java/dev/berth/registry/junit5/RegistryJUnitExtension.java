package dev.berth.registry.junit5;

import dev.berth.registry.Registry;
import dev.berth.registry.event.Events;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.jetty.tls.ClientSetup;
import dev.berth.registry.jetty.tls.TestCertificates;
import dev.berth.registry.layer.FreezableRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A registry for each test, set up in code. Use it with {@code @RegisterExtension}; a class may have several.
 *
 * <pre>{@code
 * class MirrorTest {
 *     @RegisterExtension
 *     final RegistryJUnitExtension source = RegistryJUnitExtension.builder()
 *             .configure(server -> server.layer(ReadOnlyRegistry::new))
 *             .build();
 *
 *     @RegisterExtension
 *     final RegistryJUnitExtension target = RegistryJUnitExtension.builder().build();
 *
 *     @Test
 *     void copies() {
 *         copy(source.address() + "/team/app:1.0", target.address() + "/team/app:1.0");
 *     }
 * }
 * }</pre>
 *
 * <p>Like {@link RegistryExtension} it starts a fresh registry for each test, in a static field too, unless {@link
 * Builder#scope} says {@link RegistryScope#PER_CLASS}. That needs a static field, or {@code @TestInstance(PER_CLASS)}, since
 * JUnit makes a new extension for each test otherwise. The same parameters can be used; with several registries in one class
 * JUnit cannot tell whose they are, and {@link #server()}, {@link #registry()}, {@link #address()}, {@link #journal()}, {@link
 * #faults()} and {@link #certificates()} are there instead.
 *
 * <p>Tests that run in parallel may share the extension. The accessors answer a thread by the test which it runs. Any other
 * thread gets an answer as long as there is only one registry that it can mean.
 */
public final class RegistryJUnitExtension extends RegistryCallbacks {

    private final Settings settings;
    private final Map<Thread, TestRegistry> current = new ConcurrentHashMap<>();

    private RegistryJUnitExtension(Builder builder) {
        this.settings = new Settings(
                this,
                builder.scope,
                builder.reset,
                builder.clock,
                builder.storage,
                new TestAccess(builder.users, builder.anonymousPull, builder.tokens, builder.tls),
                builder.ways,
                new Seeds(List.of(), builder.seed),
                builder.recording,
                builder.customizer);
    }

    /** Begins an extension with a registry for each test, in memory. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The server of the running test.
     *
     * @throws IllegalStateException if no test is running, or several are and the calling thread belongs to none
     */
    public RegistryServer server() {
        return ofThread().server();
    }

    /**
     * The registry of the running test, for setting it up and looking into it without HTTP.
     *
     * @throws IllegalStateException as {@link #server()}
     */
    public Registry registry() {
        return server().registry();
    }

    /**
     * What names of images in the running test's registry begin with, like {@code 127.0.0.1:40123}.
     *
     * @throws IllegalStateException as {@link #server()}
     */
    public String address() {
        return server().address();
    }

    /**
     * What happens in the running test's registry, for {@code events().subscribe(event -> …)}.
     *
     * @throws IllegalStateException as {@link #server()}
     */
    public Events events() {
        return server().events();
    }

    /**
     * What the running test's registry was asked and answered.
     *
     * @throws IllegalStateException as {@link #server()}
     */
    public Journal journal() {
        return ofThread().journal();
    }

    /**
     * The clock that the running test's registry goes by.
     *
     * @throws IllegalStateException as {@link #server()}
     */
    public TestClock clock() {
        return ofThread().clock();
    }

    /**
     * Makes the running test's registry read-only, and lets it go again: {@code freezable().freeze()}.
     *
     * @throws IllegalStateException as {@link #server()}
     */
    public FreezableRegistry freezable() {
        return ofThread().freezable();
    }

    /**
     * What goes wrong in the running test's registry.
     *
     * @throws IllegalStateException as {@link #server()}
     */
    public Faults faults() {
        return ofThread().faults();
    }

    /**
     * Whom to trust to reach the running test's registry, which has TLS.
     *
     * @throws IllegalStateException as {@link #server()}
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException if it has no TLS
     */
    public TestCertificates certificates() {
        return ofThread().certificates();
    }

    /**
     * What docker, podman and containerd need to talk to the running test's registry.
     *
     * @throws IllegalStateException as {@link #server()}
     */
    public ClientSetup clientSetup() {
        return ofThread().clientSetup();
    }

    private TestRegistry ofThread() {
        TestRegistry own = current.get(Thread.currentThread());
        return own == null ? onlyOne() : own;
    }

    private TestRegistry onlyOne() {
        Set<TestRegistry> running = Collections.newSetFromMap(new IdentityHashMap<>());
        running.addAll(current.values());
        if (running.isEmpty()) {
            throw new IllegalStateException(
                    "There is no registry, since no test of this extension is running. It starts "
                            + (settings.scope() == RegistryScope.PER_CLASS ? "before @BeforeAll" : "before @BeforeEach")
                            + ", and needs @RegisterExtension on the field that holds the extension.");
        }
        if (running.size() > 1) {
            throw new IllegalStateException("Several tests are running, each with its own registry, and this thread was"
                    + " started by one of them or by none. Get the address in the test's thread and pass it on.");
        }
        return running.iterator().next();
    }

    @Override
    Settings settings(ExtensionContext context) {
        return settings;
    }

    @Override
    ExtensionContext home(ExtensionContext context, Settings settings) {
        return Contexts.outwards(context)
                .filter(c -> !Contexts.isOfTest(c))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        super.beforeAll(context);
        if (settings.scope() == RegistryScope.PER_CLASS) {
            enter(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (settings.scope() == RegistryScope.PER_CLASS && !isRunning(context)) {
            throw new ExtensionConfigurationException(
                    "A RegistryJUnitExtension with the scope PER_CLASS has to be in a static"
                            + " field: JUnit makes a new one for each test of "
                            + context.getRequiredTestClass().getName()
                            + " otherwise, unless that is annotated with @TestInstance(PER_CLASS).");
        }
        super.beforeEach(context);
        enter(context);
    }

    /** Makes a registry the one of this thread until the context is closed. */
    private void enter(ExtensionContext context) {
        Thread thread = Thread.currentThread();
        @Nullable TestRegistry before = current.put(thread, registry(context));
        StoreResource leave = () -> {
            if (before == null) {
                current.remove(thread);
            } else {
                current.put(thread, before);
            }
        };
        Contexts.store(context).put(new Visit(this), leave);
    }

    private record Visit(RegistryJUnitExtension extension) {}

    /** What an extension is made from. */
    public static final class Builder {

        private RegistryScope scope = RegistryScope.PER_METHOD;
        private RegistryStorage storage = RegistryStorage.MEMORY;
        private RegistryCustomizer customizer = builder -> {};
        private final Map<String, String> users = new HashMap<>();
        private boolean anonymousPull;
        private Optional<Duration> tokens = Optional.empty();
        private boolean tls;
        private RegistrySeed seed = Seeds.NONE.seed();
        private boolean reset;
        private Supplier<TestClock> clock = TestClock::new;
        private Optional<TestRecording> recording = Optional.empty();
        private TestWays ways = TestWays.NONE;

        private Builder() {}

        /** Fills each registry before its test begins. What was told before stays, and goes first. */
        public Builder seed(RegistrySeed more) {
            RegistrySeed before = seed;
            seed = registry -> {
                before.seed(registry);
                more.seed(registry);
            };
            return this;
        }

        /**
         * Answers from a recording of a registry elsewhere, or records it, as {@link
         * dev.berth.registry.image.recording.RecordingMode#configured} says.
         *
         * @param directory such as {@code src/test/resources/recordings/pull}; relative to where tests run
         * @param registry its URL, such as {@code https://registry.example}
         */
        public Builder recording(Path directory, String registry) {
            recording = Optional.of(new TestRecording(directory, registry));
            return this;
        }

        /**
         * Gives each test a registry that is {@link RegistryScope#PER_CLASS} as the first test found it: what was pushed since is
         * gone, what was deleted is back, the journal and the faults are empty. Needs {@link RegistryStorage#MEMORY}; not for
         * tests that run at the same time.
         */
        public Builder reset() {
            reset = true;
            return this;
        }

        /** The clock that all registries of this extension go by; each has one of its own unless told. */
        public Builder clock(TestClock newClock) {
            clock = () -> newClock;
            return this;
        }

        /** Adds a user: users may do everything, and nobody else anything. Without one, anybody may do everything. */
        public Builder user(String name, String password) {
            users.put(name, password);
            return this;
        }

        /** Lets anybody pull where there are users. */
        public Builder anonymousPull() {
            anonymousPull = true;
            return this;
        }

        /** Gives users tokens for their passwords, which live for so long by the second, as public registries do. */
        public Builder tokens(Duration lifetime) {
            tokens = Optional.of(lifetime);
            return this;
        }

        /** Encrypts connections; {@link RegistryJUnitExtension#certificates()} says whom to trust. */
        public Builder tls() {
            tls = true;
            return this;
        }

        /** How long one registry serves; {@link RegistryScope#PER_METHOD} unless told. */
        public Builder scope(RegistryScope newScope) {
            this.scope = newScope;
            return this;
        }

        /** Where the registry keeps its content; {@link RegistryStorage#MEMORY} unless told. */
        public Builder storage(RegistryStorage newStorage) {
            this.storage = newStorage;
            return this;
        }

        /**
         * Puts a filter in front of each registry, behind its journal, its faults and its logins: {@code filter(clock ->
         * RegistryProfile.dockerHub(2, clock))}. What was told before stays, and is further out. A failing test names it.
         *
         * @param filter makes one for a registry that goes by a clock
         */
        public Builder filter(Function<TestClock, HttpFilter> filter) {
            ways = ways.with(filter);
            return this;
        }

        /**
         * Lets each registry take some of the liberties that the specification gives it. A failure says from which seed; {@code
         * -Dberth.chaos.seed=4711} has it again.
         */
        public Builder legalChaos() {
            return filter(clock -> TestWays.chaos());
        }

        /** Everything else that a server can be told. What was configured before stays, and is called first. */
        public Builder configure(RegistryCustomizer more) {
            RegistryCustomizer before = customizer;
            this.customizer = builder -> {
                before.customize(builder);
                more.customize(builder);
            };
            return this;
        }

        /** The extension. */
        public RegistryJUnitExtension build() {
            return new RegistryJUnitExtension(this);
        }
    }
}
