package dev.berth.registry.junit5;

import dev.berth.registry.http.chaos.LegalChaos;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.image.recording.RecordedRegistry;
import dev.berth.registry.jetty.tls.ClientSetup;
import dev.berth.registry.jetty.tls.TestCertificates;
import dev.berth.registry.layer.FreezableRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test a container registry of its own: a server on a free port of the loopback interface, which is running
 * before {@code @BeforeEach} and gone after {@code @AfterEach}, whatever becomes of the test.
 *
 * <pre>{@code
 * @RegistryExtension
 * class PushTest {
 *     @Test
 *     void pushesAnImage(RegistryServer server, Registry registry, @RegistryAddress String address) throws IOException {
 *         push("alpine.tar", address + "/team/app:1.0");
 *
 *         assertTrue(registry.manifest(new RepositoryName("team/app"), new Tag("1.0")).isPresent());
 *     }
 * }
 * }</pre>
 *
 * <p>Test methods, lifecycle methods and constructors may ask for a {@code RegistryServer}, for the {@code Registry} behind
 * it, for its {@link Journal}, its {@link Faults} and its {@code Events}, for the {@link TestClock} that it goes by, for the
 * {@link TestCertificates} of one with TLS, for the {@link ClientSetup} that docker, podman and containerd need to talk to it,
 * for the {@link MemoryStorage} beneath it, which can be put back to what it was, for the {@link FreezableRegistry} that makes it
 * read-only for a while, and, by {@link RegistryAddress}, for its
 * address. <b>A test has one registry</b>: whatever asks, gets the same one. For a second one take {@link
 * RegistryJUnitExtension}.
 *
 * <p><b>On a field</b> of one of these types, where a {@code String} is the address, which may be private
 * but not final, it puts the same there. If a class around the field is annotated too, that says what the registry is like
 * and the field's annotation is left bare. If not, the field's says it, and a static field means {@link
 * RegistryScope#PER_CLASS}. Constructor parameters need the annotation on the class.
 *
 * <p><b>When a test fails</b>, a table of what the registry was asked goes with the failure, as a suppressed exception, with the faults
 * that there were and whose ways it had. So it does when {@code @BeforeEach} or {@code @AfterEach} fails.
 *
 * <p>Subclasses and implementing classes inherit the annotation. So do nested classes, which use the registry of the class
 * around them if it is {@linkplain RegistryScope#PER_CLASS per class}; one that is annotated itself has its own.
 *
 * <p>Tests may run in parallel. With {@code @TestInstance(PER_CLASS)}, one instance runs all tests, so a constructor, {@code
 * @BeforeAll} and {@code @AfterAll} can have a registry only if it is per class.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(AnnotatedRegistry.class)
public @interface RegistryExtension {

    /** How long one registry serves. */
    RegistryScope scope() default RegistryScope.PER_METHOD;

    /**
     * Whether each test finds a registry that is {@link RegistryScope#PER_CLASS} as the first test found it: what was pushed since is
     * gone, what was deleted is back, the journal and the faults are empty, and it is not frozen. It takes microseconds, needs {@link
     * RegistryStorage#MEMORY}, and is not for tests that run at the same time.
     */
    boolean reset() default false;

    /** Where the registry keeps its content. */
    RegistryStorage storage() default RegistryStorage.MEMORY;

    /**
     * Images that are there when the test begins, by name and tag: {@code "team/app:1.0"}. Each is small, of one layer, and
     * always the same for the same name.
     */
    String[] images() default {};

    /**
     * A class that fills the registry before the test begins. It has a constructor without parameters, which makes a new instance
     * for each registry. The interface itself stands for none.
     */
    Class<? extends RegistrySeed> seed() default RegistrySeed.class;

    /**
     * Users, each as {@code name:password}: they may do everything, and nobody else anything. If there are none, anybody may do
     * everything. The {@code Registry} itself, as a test has it, asks for no password.
     */
    String[] users() default {};

    /** Whether anybody may pull where there are users. */
    boolean anonymousPull() default false;

    /**
     * For how many seconds a token lives that users get for their passwords, as with public registries; 0 for passwords at each
     * request. Clocks are taken to agree: what lives for 1 second is refused after it.
     */
    int tokenSeconds() default 0;

    /** Whether connections are encrypted. A parameter of type {@link TestCertificates} says whom to trust. */
    boolean tls() default false;

    /** Which other registry it behaves as: with {@link Profile#DOCKER_HUB} it limits pulls, with {@link Profile#GHCR} deletes nothing. */
    Profile profile() default Profile.NONE;

    /**
     * Whether it takes, at each request, some of the liberties that the specification gives a registry, so that a test that passes
     * tells of a correct client. A failure says from which seed; {@code -Dberth.chaos.seed=4711} has it again. See {@link LegalChaos}.
     */
    boolean legalChaos() default false;

    /**
     * The directory of a recording, which answers in place of the registry that {@link #recordingOf} names; relative to where tests
     * run. Once with {@code -Dberth.record=all} the registry itself is asked, and what it answers is written there. See {@link
     * RecordedRegistry}, which a parameter of that type is.
     */
    String recording() default "";

    /** The URL of the registry that is recorded, such as {@code https://registry.example}. */
    String recordingOf() default "";

    /**
     * A class that sets everything else. It has a constructor without parameters, which makes a new instance for each
     * registry. The interface itself stands for none.
     */
    Class<? extends RegistryCustomizer> configure() default RegistryCustomizer.class;
}
