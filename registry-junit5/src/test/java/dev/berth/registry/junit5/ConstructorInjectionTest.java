package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.jetty.RegistryServer;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConstructorInjectionTest {

    /** What JUnit 5.12 and later let users switch on, and say will be the default one day. */
    private static final Map<String, String> CONTEXT_OF_TEST =
            Map.of("junit.jupiter.extensions.testinstantiation.extensioncontextscope.default", "test_method");

    @Test
    void aConstructorHasTheRegistryOfItsTest() {
        assertThat(SampleRun.of(Constructed.class).succeeded(3).leftNothing().addresses())
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void aConstructorHasTheRegistryOfItsTestWhenJUnitShowsTheTest() {
        assertThat(SampleRun.of(CONTEXT_OF_TEST, Constructed.class)
                        .succeeded(3)
                        .leftNothing()
                        .addresses())
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void aConstructorHasTheRegistryOfItsTestInParallel() {
        assertThat(SampleRun.inParallel(Constructed.class, ManyConstructed.class)
                        .succeeded(23)
                        .leftNothing()
                        .addresses())
                .doesNotHaveDuplicates()
                .hasSize(23);
    }

    @RegistryExtension
    static class Constructed {
        private final RegistryServer server;

        Constructed(RegistryServer server, Registry registry, @RegistryAddress String address, TestReporter reporter) {
            assertThat(registry).isSameAs(server.registry());
            Exchange.withFresh(address, reporter);
            this.server = server;
        }

        @Test
        void one(RegistryServer same) {
            assertThat(same).isSameAs(server);
        }

        @Nested
        class Inside {
            private final RegistryServer inner;

            Inside(RegistryServer inner) {
                this.inner = inner;
            }

            @Test
            void two(RegistryServer same) {
                assertThat(same).isSameAs(server).isSameAs(inner);
            }

            @Test
            void three() {
                assertThat(inner).isSameAs(server);
            }
        }
    }

    @RegistryExtension
    static class ManyConstructed {
        private final String address;

        ManyConstructed(@RegistryAddress String address, TestReporter reporter) {
            Exchange.withFresh(address, reporter);
            this.address = address;
        }

        @RepeatedTest(20)
        void test(@RegistryAddress String same) {
            assertThat(same).isEqualTo(address);
        }
    }

    @Test
    void aRegistryOfAConstructorThatFailsIsClosed() {
        SampleRun.of(FailingConstructor.class).failed(1).leftNothing();
    }

    @RegistryExtension
    static class FailingConstructor {
        FailingConstructor(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
            throw new IllegalStateException("on purpose");
        }

        @Test
        void test() {}
    }

    @Test
    void aRegistryOfAConstructorThatIsNeverCalledIsClosed() {
        int before = Threads.count();

        SampleRun.of(UnresolvableConstructor.class).failed(2);

        Threads.assertNoMoreThan(before);
    }

    @RegistryExtension
    static class UnresolvableConstructor {
        UnresolvableConstructor(RegistryServer server, Integer nobodysBusiness) {}

        @Test
        void one() {}

        @Test
        void two() {}
    }

    @Test
    void anOverridingNestedClassHasItsOwn() {
        assertThat(SampleRun.of(OverriddenOuter.class)
                        .succeeded(2)
                        .leftNothing()
                        .addresses())
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @RegistryExtension
    static class OverriddenOuter {
        OverriddenOuter(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }

        @Nested
        @RegistryExtension(storage = RegistryStorage.DIRECTORY)
        class Overriding {
            @RepeatedTest(2)
            void test(RegistryServer server, TestReporter reporter) {
                Exchange.withFresh(server.address(), reporter);
            }
        }
    }

    @Test
    void aStaticExtensionServesConstructorsToo() {
        assertThat(SampleRun.of(Programmatic.class).succeeded(2).leftNothing().addresses())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    static class Programmatic {
        @RegisterExtension
        static final RegistryJUnitExtension REGISTRY =
                RegistryJUnitExtension.builder().build();

        private final RegistryServer server;

        Programmatic(RegistryServer server) {
            this.server = server;
        }

        @RepeatedTest(2)
        void test(TestReporter reporter) {
            assertThat(REGISTRY.server()).isSameAs(server);
            Exchange.withFresh(server.address(), reporter);
        }
    }
}
