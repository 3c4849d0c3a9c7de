package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.jetty.RegistryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever fails, nothing stays behind. */
class FailingTestsTest {

    @Test
    void theRegistryOfATestThatFailsIsClosed() {
        SampleRun.of(Failing.class).failed(1).leftNothing();
    }

    @RegistryExtension
    static class Failing {
        @Test
        void test(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
            throw new AssertionError("on purpose");
        }
    }

    @Test
    void theRegistryOfATestThatIsNotReachedIsClosed() {
        SampleRun.of(FailingBefore.class).failed(1).leftNothing();
    }

    @RegistryExtension
    static class FailingBefore {
        @BeforeEach
        void fail(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
            throw new AssertionError("on purpose");
        }

        @Test
        void test() {}
    }

    @Test
    void theRegistryOfAClassThatFailsIsClosed() {
        SampleRun.of(FailingBeforeAll.class).failed(1).leftNothing();
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS)
    static class FailingBeforeAll {
        @BeforeAll
        static void fail(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
            throw new AssertionError("on purpose");
        }

        @Test
        void test() {}
    }

    @Test
    void theRegistryOfAnExtensionIsClosed() {
        SampleRun.of(FailingAfter.class).failed(1).leftNothing();
    }

    static class FailingAfter {
        @RegisterExtension
        final RegistryJUnitExtension registry = RegistryJUnitExtension.builder().build();

        @Test
        void test(TestReporter reporter) {
            Exchange.withFresh(registry.address(), reporter);
        }

        @AfterEach
        void fail() {
            throw new AssertionError("on purpose");
        }
    }

    @Test
    void directoriesAreDeleted() throws IOException {
        Set<Path> before = directories();

        SampleRun.of(InDirectory.class).failed(3).leftNothing();
        SampleRun.of(NeverStarts.class).failed(1);

        assertThat(directories()).isEqualTo(before);
    }

    @RegistryExtension(storage = RegistryStorage.DIRECTORY)
    static class InDirectory {
        @RepeatedTest(3)
        void test(RegistryServer server, TestReporter reporter) throws IOException {
            Exchange.withFresh(server.address(), reporter);
            assertThat(directories()).isNotEmpty();
            throw new AssertionError("on purpose");
        }
    }

    @RegistryExtension(storage = RegistryStorage.DIRECTORY, configure = NeverStarts.class)
    static class NeverStarts implements RegistryCustomizer {
        @Override
        public void customize(RegistryServer.Builder builder) {
            throw new IllegalStateException("on purpose");
        }

        @Test
        void test() {}
    }

    private static Set<Path> directories() throws IOException {
        try (Stream<Path> paths = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return paths.filter(path -> path.getFileName().toString().startsWith("berth-junit-"))
                    .collect(Collectors.toSet());
        }
    }
}
