package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Registry;
import dev.berth.registry.image.Image;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.layer.ReadOnlyRegistry;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegistryJUnitExtensionTest {

    @Test
    void anInstanceFieldHasAFreshOneForEachTest() {
        assertThat(SampleRun.of(InstanceField.class).succeeded(3).leftNothing().addresses())
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    static class InstanceField {
        @RegisterExtension
        final RegistryJUnitExtension registry = RegistryJUnitExtension.builder().build();

        @BeforeEach
        void push() {
            Exchange.push(registry.address(), "seed");
        }

        @RepeatedTest(2)
        void test(RegistryServer server, Registry parameter, @RegistryAddress String address, TestReporter reporter) {
            assertThat(registry.server()).isSameAs(server);
            assertThat(registry.registry()).isSameAs(parameter);
            assertThat(registry.address()).isEqualTo(address);
            assertThat(Exchange.has(address, "seed")).isTrue();
            Exchange.withFresh(address, reporter);
        }

        @Nested
        class Inside {
            @Test
            void test(TestReporter reporter) {
                assertThat(Exchange.has(registry.address(), "seed")).isTrue();
                Exchange.withFresh(registry.address(), reporter);
            }
        }

        @AfterEach
        void isStillRunning() {
            assertThat(Exchange.has(registry.address(), "app")).isTrue();
        }
    }

    @Test
    void aStaticFieldHasAFreshOneForEachTestToo() {
        assertThat(SampleRun.of(StaticField.class).succeeded(2).leftNothing().addresses())
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThatThrownBy(StaticField.REGISTRY::address)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no test of this extension is running");
    }

    static class StaticField {
        @RegisterExtension
        static final RegistryJUnitExtension REGISTRY =
                RegistryJUnitExtension.builder().build();

        @BeforeAll
        static void hasNoneYet() {
            assertThatThrownBy(REGISTRY::server)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("It starts before @BeforeEach");
        }

        @RepeatedTest(2)
        void test(TestReporter reporter) {
            Exchange.withFresh(REGISTRY.address(), reporter);
        }
    }

    @Test
    void aStaticFieldMayBePerClass() {
        SampleRun run = SampleRun.of(StaticPerClass.class).succeeded(3).leftNothing();

        assertThat(run.addresses()).hasSize(3).containsOnly(run.addresses().get(0));
        assertThatThrownBy(StaticPerClass.REGISTRY::server).isInstanceOf(IllegalStateException.class);
    }

    static class StaticPerClass {
        @RegisterExtension
        static final RegistryJUnitExtension REGISTRY =
                RegistryJUnitExtension.builder().scope(RegistryScope.PER_CLASS).build();

        @BeforeAll
        static void push() {
            Exchange.push(REGISTRY.address(), "seed");
        }

        @RepeatedTest(2)
        void test(TestReporter reporter) {
            assertThat(Exchange.has(REGISTRY.address(), "seed")).isTrue();
            Exchange.withAny(REGISTRY.address(), reporter);
        }

        @Nested
        class Inside {
            @Test
            void test(TestReporter reporter) {
                Exchange.withAny(REGISTRY.address(), reporter);
            }
        }

        @AfterAll
        static void isStillRunning() {
            assertThat(Exchange.has(REGISTRY.address(), "app")).isTrue();
        }
    }

    @Test
    void anInstanceFieldMayBePerClassIfTheInstanceIs() {
        SampleRun run = SampleRun.of(SharedInstance.class).succeeded(2).leftNothing();

        assertThat(run.addresses()).hasSize(2).containsOnly(run.addresses().get(0));
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class SharedInstance {
        @RegisterExtension
        final RegistryJUnitExtension registry =
                RegistryJUnitExtension.builder().scope(RegistryScope.PER_CLASS).build();

        @BeforeAll
        void push() {
            Exchange.push(registry.address(), "seed");
        }

        @RepeatedTest(2)
        void test(TestReporter reporter) {
            assertThat(Exchange.has(registry.address(), "seed")).isTrue();
            Exchange.withAny(registry.address(), reporter);
        }
    }

    @Test
    void anInstanceFieldCannotBePerClassIfTheInstanceIsNot() {
        assertThat(SampleRun.of(PerClassInInstance.class).failed(1).failures())
                .first()
                .asString()
                .contains("PER_CLASS has to be in a static field")
                .contains(PerClassInInstance.class.getName());
    }

    static class PerClassInInstance {
        @RegisterExtension
        final RegistryJUnitExtension registry =
                RegistryJUnitExtension.builder().scope(RegistryScope.PER_CLASS).build();

        @Test
        void test() {}
    }

    @Test
    void aClassMayHaveSeveral() {
        assertThat(SampleRun.of(Several.class).succeeded(1).leftNothing().addresses())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    static class Several {
        @RegisterExtension
        final RegistryJUnitExtension source = RegistryJUnitExtension.builder().build();

        @RegisterExtension
        final RegistryJUnitExtension target = RegistryJUnitExtension.builder()
                .storage(RegistryStorage.DIRECTORY)
                .build();

        @Test
        void test(TestReporter reporter) {
            Exchange.withFresh(source.address(), reporter);
            Exchange.withFresh(target.address(), reporter);
        }
    }

    @Test
    void everythingElseIsConfiguredOnTheServer() {
        SampleRun.of(Configured.class).succeeded(1);
    }

    static class Configured {
        @RegisterExtension
        final RegistryJUnitExtension registry = RegistryJUnitExtension.builder()
                .configure(server -> server.layer(ReadOnlyRegistry::new))
                .configure(server -> server.host("localhost"))
                .build();

        @Test
        void test() {
            assertThatThrownBy(() -> Image.random(1, 1).pushTo(registry.registry(), "app", "1"))
                    .hasMessageContaining("read-only");
            assertThat(Exchange.has(registry.address(), "app")).isFalse();
        }
    }

    @Test
    void otherThreadsAreAnsweredIfThereIsOneTest() {
        SampleRun.of(OtherThread.class).succeeded(1).leftNothing();
    }

    static class OtherThread {
        @RegisterExtension
        static final RegistryJUnitExtension REGISTRY =
                RegistryJUnitExtension.builder().build();

        @Test
        void test(TestReporter reporter) {
            Exchange.withFresh(CompletableFuture.supplyAsync(REGISTRY::address).join(), reporter);
        }
    }

    @Test
    void anExtensionThatIsNotRegisteredSaysSo() {
        assertThatThrownBy(RegistryJUnitExtension.builder().build()::registry)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }
}
