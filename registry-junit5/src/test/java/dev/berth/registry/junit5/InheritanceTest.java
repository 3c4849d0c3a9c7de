package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.jetty.RegistryServer;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class InheritanceTest {

    @Test
    void subclassesInherit() {
        SampleRun run = SampleRun.of(Sub.class, OtherSub.class).succeeded(3).leftNothing();

        assertThat(run.addresses().stream().distinct())
                .as("one for each subclass")
                .hasSize(2);
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS)
    abstract static class Base {
        @Test
        void inherited(RegistryServer server, TestReporter reporter) {
            Exchange.withAny(server.address(), reporter);
        }
    }

    static class Sub extends Base {
        @Test
        void own(RegistryServer server, TestReporter reporter) {
            Exchange.withAny(server.address(), reporter);
        }
    }

    static class OtherSub extends Base {}

    @Test
    void subclassesOverride() {
        SampleRun run = SampleRun.of(FreshSub.class).succeeded(2).leftNothing();

        assertThat(run.addresses()).doesNotHaveDuplicates();
    }

    @RegistryExtension
    static class FreshSub extends Base {
        @Test
        void own(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }
    }

    @Test
    void implementationsInherit() {
        SampleRun.of(Implementation.class).succeeded(1).leftNothing();
    }

    @RegistryExtension
    interface WithRegistry {
        @Test
        default void inherited(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }
    }

    static class Implementation implements WithRegistry {}

    @Test
    void annotationsCompose() {
        SampleRun.of(Composed.class).succeeded(1).leftNothing();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @RegistryExtension(storage = RegistryStorage.DIRECTORY)
    @interface IntegrationTest {}

    @IntegrationTest
    static class Composed {
        @Test
        void test(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }
    }

    @Test
    void nestedClassesInherit() {
        SampleRun run = SampleRun.of(Outer.class).succeeded(3).leftNothing();

        assertThat(run.addresses()).doesNotHaveDuplicates().hasSize(3);
    }

    @RegistryExtension
    static class Outer {
        @BeforeEach
        void push(RegistryServer server) {
            Exchange.push(server.address(), "outer");
        }

        @Test
        void outer(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }

        @Nested
        class Inner {
            @BeforeEach
            void push(RegistryServer server) {
                assertThat(Exchange.has(server.address(), "outer")).isTrue();
                Exchange.push(server.address(), "inner");
            }

            @Test
            void one(RegistryServer server, TestReporter reporter) {
                assertThat(Exchange.has(server.address(), "inner")).isTrue();
                Exchange.withFresh(server.address(), reporter);
            }

            @Test
            void two(RegistryServer server, TestReporter reporter) {
                Exchange.withFresh(server.address(), reporter);
            }
        }
    }

    @Test
    void nestedClassesOverride() {
        SampleRun run = SampleRun.of(PerClassOuter.class).succeeded(5).leftNothing();

        assertThat(run.addresses().stream().distinct())
                .as("one for two tests, two for one each, one for two")
                .hasSize(4);
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS)
    static class PerClassOuter {
        @Test
        void outer(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }

        @Nested
        @RegistryExtension
        class PerMethodInner {
            @Test
            void one(RegistryServer server, TestReporter reporter) {
                Exchange.withFresh(server.address(), reporter);
            }

            @Test
            void two(RegistryServer server, TestReporter reporter) {
                Exchange.withFresh(server.address(), reporter);
            }
        }

        @Nested
        @RegistryExtension(scope = RegistryScope.PER_CLASS)
        class PerClassInner {
            @Test
            void one(RegistryServer server, TestReporter reporter) {
                Exchange.withAny(server.address(), reporter);
            }

            @Test
            void two(RegistryServer server, TestReporter reporter) {
                Exchange.withAny(server.address(), reporter);
            }
        }
    }
}
