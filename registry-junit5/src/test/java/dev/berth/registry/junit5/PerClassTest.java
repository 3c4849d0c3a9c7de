package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.jetty.RegistryServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;

class PerClassTest {

    @Test
    void theTestsOfAClassShareOne() {
        SampleRun run = SampleRun.of(Shared.class).succeeded(4).leftNothing();

        assertThat(run.addresses()).hasSize(4).containsOnly(run.addresses().get(0));
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS)
    static class Shared {
        @BeforeAll
        static void push(RegistryServer server) {
            Exchange.push(server.address(), "seed");
        }

        @Test
        void one(RegistryServer server, TestReporter reporter) {
            assertThat(Exchange.has(server.address(), "seed")).isTrue();
            Exchange.withAny(server.address(), reporter);
        }

        @Test
        void two(@RegistryAddress String address, TestReporter reporter) {
            assertThat(Exchange.has(address, "seed")).isTrue();
            Exchange.withAny(address, reporter);
        }

        @Nested
        class Inside {
            @Test
            void three(RegistryServer server, TestReporter reporter) {
                assertThat(Exchange.has(server.address(), "seed")).isTrue();
                Exchange.withAny(server.address(), reporter);
            }

            @Nested
            class Deeper {
                @Test
                void four(Registry registry, RegistryServer server, TestReporter reporter) {
                    assertThat(registry).isSameAs(server.registry());
                    Exchange.withAny(server.address(), reporter);
                }
            }
        }

        @AfterAll
        static void isStillRunning(@RegistryAddress String address) {
            assertThat(Exchange.has(address, "seed")).isTrue();
        }
    }

    @Test
    void eachClassHasItsOwn() {
        SampleRun run = SampleRun.of(Shared.class, SharedToo.class).succeeded(5).leftNothing();

        assertThat(run.addresses().stream().distinct()).hasSize(2);
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS)
    static class SharedToo {
        @Test
        void test(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }
    }

    @Test
    void aSharedInstanceMayHaveItInItsConstructor() {
        SampleRun run = SampleRun.of(SharedInstance.class).succeeded(2).leftNothing();

        assertThat(run.addresses()).hasSize(2).containsOnly(run.addresses().get(0));
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS)
    @TestInstance(Lifecycle.PER_CLASS)
    static class SharedInstance {
        private final RegistryServer own;

        SharedInstance(RegistryServer server) {
            own = server;
        }

        @BeforeAll
        void push(RegistryServer server) {
            assertThat(server).isSameAs(own);
        }

        @Test
        void one(TestReporter reporter) {
            Exchange.withAny(own.address(), reporter);
        }

        @Test
        void two(RegistryServer server, TestReporter reporter) {
            assertThat(server).isSameAs(own);
            Exchange.withAny(own.address(), reporter);
        }
    }
}
