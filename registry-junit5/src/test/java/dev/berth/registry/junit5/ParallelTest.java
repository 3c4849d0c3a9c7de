package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.jetty.RegistryServer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

class ParallelTest {

    @Test
    void methodsAtTheSameTimeHaveDifferentOnes() {
        assertThat(SampleRun.inParallel(Methods.class)
                        .succeeded(2)
                        .leftNothing()
                        .addresses())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @RegistryExtension
    static class Methods {
        private static final Meeting MEETING = new Meeting(2);

        @RegistryExtension
        private RegistryServer field;

        @Test
        void one(RegistryServer server, TestReporter reporter) {
            test(server, reporter);
        }

        @Test
        void two(RegistryServer server, TestReporter reporter) {
            test(server, reporter);
        }

        private void test(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
            MEETING.await();
            assertThat(field).isSameAs(server);
        }
    }

    @Test
    void classesAtTheSameTimeHaveDifferentOnes() {
        assertThat(SampleRun.inParallel(OneClass.class, OtherClass.class)
                        .succeeded(2)
                        .leftNothing()
                        .addresses())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    abstract static class Classes {
        private static final Meeting MEETING = new Meeting(2);

        @RegisterExtension
        static final RegistryJUnitExtension REGISTRY =
                RegistryJUnitExtension.builder().scope(RegistryScope.PER_CLASS).build();

        @Test
        void test(RegistryServer server, TestReporter reporter) {
            assertThat(REGISTRY.server()).isSameAs(server);
            Exchange.withFresh(server.address(), reporter);
            MEETING.await();
            assertThat(REGISTRY.server()).isSameAs(server);
        }
    }

    static class OneClass extends Classes {}

    static class OtherClass extends Classes {}

    @Test
    void anExtensionAnswersEachThreadByItsTest() {
        assertThat(SampleRun.inParallel(OneExtension.class)
                        .succeeded(2)
                        .leftNothing()
                        .addresses())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    static class OneExtension {
        private static final Meeting MEETING = new Meeting(2);

        @RegisterExtension
        static final RegistryJUnitExtension REGISTRY =
                RegistryJUnitExtension.builder().build();

        @Test
        void one(RegistryServer server, TestReporter reporter) {
            test(server, reporter);
        }

        @Test
        void two(RegistryServer server, TestReporter reporter) {
            test(server, reporter);
        }

        private void test(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(REGISTRY.address(), reporter);
            MEETING.await();
            assertThat(REGISTRY.server()).isSameAs(server);
        }
    }

    /** A point that tests pass together, which proves that they run at the same time. */
    private static final class Meeting {
        private final CountDownLatch missing;

        Meeting(int tests) {
            missing = new CountDownLatch(tests);
        }

        void await() {
            missing.countDown();
            try {
                assertThat(missing.await(10, TimeUnit.SECONDS))
                        .as("tests run in parallel")
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
