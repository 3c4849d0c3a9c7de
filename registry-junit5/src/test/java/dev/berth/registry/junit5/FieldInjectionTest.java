package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.jetty.RegistryServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;

class FieldInjectionTest {

    @Test
    void fieldsAloneAreEnough() {
        assertThat(SampleRun.of(FieldsAlone.class).succeeded(3).leftNothing().addresses())
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    static class FieldsAlone {
        @RegistryExtension
        private RegistryServer server;

        @RegistryExtension
        Registry registry;

        @RegistryExtension
        protected String address;

        @BeforeEach
        void push(@RegistryAddress String parameter) {
            assertThat(parameter).isEqualTo(address);
            Exchange.push(address, "seed");
        }

        @RepeatedTest(2)
        void test(TestReporter reporter) {
            assertThat(registry).isSameAs(server.registry());
            assertThat(address).isEqualTo(server.address());
            assertThat(Exchange.has(address, "seed")).isTrue();
            Exchange.withFresh(address, reporter);
        }

        @Nested
        class Inside {
            @RegistryExtension
            private Registry inner;

            @Test
            void test(TestReporter reporter) {
                assertThat(inner).isSameAs(registry);
                Exchange.withFresh(server.address(), reporter);
            }
        }
    }

    @Test
    void theClassSaysWhatTheRegistryIsLike() {
        SampleRun run = SampleRun.of(AnnotatedSub.class).succeeded(4).leftNothing();

        assertThat(run.addresses()).hasSize(4).containsOnly(run.addresses().get(0));
    }

    abstract static class FieldInSuperclass {
        @RegistryExtension
        private static String sharedAddress;

        @RegistryExtension
        private RegistryServer server;

        void check(TestReporter reporter) {
            assertThat(server.address()).isEqualTo(sharedAddress);
            Exchange.withAny(sharedAddress, reporter);
        }
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS)
    static class AnnotatedSub extends FieldInSuperclass {
        @RegistryExtension
        private static RegistryServer shared;

        @BeforeAll
        static void push(@RegistryAddress String address) {
            assertThat(shared.address()).isEqualTo(address);
        }

        @RepeatedTest(2)
        void test(TestReporter reporter) {
            check(reporter);
        }

        @Nested
        class Inside {
            @RegistryExtension
            private RegistryServer inner;

            @RepeatedTest(2)
            void test(TestReporter reporter) {
                assertThat(inner).isSameAs(shared);
                check(reporter);
            }
        }
    }

    @Test
    void aStaticFieldAloneIsPerClass() {
        SampleRun run = SampleRun.of(StaticField.class).succeeded(2).leftNothing();

        assertThat(run.addresses()).hasSize(2).containsOnly(run.addresses().get(0));
    }

    static class StaticField {
        @RegistryExtension
        private static RegistryServer server;

        @BeforeAll
        static void push() {
            Exchange.push(server.address(), "seed");
        }

        @RepeatedTest(2)
        void test(TestReporter reporter) {
            assertThat(Exchange.has(server.address(), "seed")).isTrue();
            Exchange.withAny(server.address(), reporter);
        }
    }

    @Test
    void anInstanceFieldAloneMayBePerClass() {
        SampleRun run = SampleRun.of(PerClassField.class).succeeded(2).leftNothing();

        assertThat(run.addresses()).hasSize(2).containsOnly(run.addresses().get(0));
    }

    static class PerClassField {
        @RegistryExtension(scope = RegistryScope.PER_CLASS)
        private RegistryServer server;

        @RepeatedTest(2)
        void test(TestReporter reporter) {
            Exchange.withAny(server.address(), reporter);
        }
    }

    @Test
    void aSharedInstanceSeesAFreshOneInEachTest() {
        assertThat(SampleRun.of(SharedInstance.class).succeeded(2).leftNothing().addresses())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class SharedInstance {
        @RegistryExtension
        private RegistryServer server;

        @RepeatedTest(2)
        void test(TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }
    }
}
