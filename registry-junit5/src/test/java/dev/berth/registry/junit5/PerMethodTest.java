package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.berth.registry.Registry;
import dev.berth.registry.jetty.RegistryServer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerMethodTest {

    @Test
    void eachTestHasAFreshOne() {
        SampleRun run = SampleRun.of(TwoMethods.class).succeeded(2).leftNothing();

        assertThat(run.addresses()).doesNotHaveDuplicates().hasSize(2);
    }

    @RegistryExtension
    static class TwoMethods {
        @Test
        void one(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }

        @Test
        void two(@RegistryAddress String address, TestReporter reporter) {
            Exchange.withFresh(address, reporter);
        }
    }

    @Test
    void whateverATestAsksForIsTheSameOne() {
        SampleRun.of(AllParameters.class).succeeded(1).leftNothing();
    }

    @RegistryExtension
    static class AllParameters {
        private String before = "";

        @BeforeEach
        void push(@RegistryAddress String address) {
            Exchange.push(address, "seed");
            before = address;
        }

        @Test
        void test(RegistryServer server, Registry registry, @RegistryAddress String address, TestReporter reporter) {
            assertThat(address).isEqualTo(server.address()).isEqualTo(before);
            assertThat(registry).isSameAs(server.registry());
            assertThat(Exchange.has(address, "seed")).isTrue();
            Exchange.withFresh(address, reporter);
        }

        @AfterEach
        void isStillRunning(@RegistryAddress String address) {
            assertThat(Exchange.has(before, "app")).isTrue();
            assertThat(address).isEqualTo(before);
        }
    }

    @Test
    void eachRepetitionAndEachSetOfArgumentsIsATest() {
        SampleRun run = SampleRun.of(Templates.class).succeeded(5).leftNothing();

        assertThat(run.addresses()).doesNotHaveDuplicates().hasSize(5);
    }

    @RegistryExtension
    static class Templates {
        @RepeatedTest(3)
        void repeated(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void parameterized(String argument, @RegistryAddress String address, TestReporter reporter) {
            assertThat(argument).isIn("a", "b");
            Exchange.withFresh(address, reporter);
        }
    }

    @Test
    void theDynamicTestsOfAFactoryShareOne() {
        SampleRun.of(Dynamic.class).succeeded(3).leftNothing();
    }

    @RegistryExtension
    static class Dynamic {
        @TestFactory
        Stream<DynamicTest> tests(@RegistryAddress String address, TestReporter reporter) {
            return IntStream.range(0, 3)
                    .mapToObj(i -> dynamicTest("test " + i, () -> Exchange.withAny(address, reporter)));
        }
    }

    @Test
    void aSharedInstanceStillHasOnePerTest() {
        SampleRun run = SampleRun.of(SharedInstance.class).succeeded(2).leftNothing();

        assertThat(run.addresses()).doesNotHaveDuplicates().hasSize(2);
    }

    @RegistryExtension
    @TestInstance(Lifecycle.PER_CLASS)
    static class SharedInstance {
        @Test
        void one(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }

        @Test
        void two(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }
    }

    @Test
    void otherStringsAreLeftToOtherResolvers() {
        assertThat(SampleRun.of(UnmarkedString.class).failed(1).failures())
                .first()
                .asString()
                .contains("No ParameterResolver registered");
    }

    @RegistryExtension
    static class UnmarkedString {
        @Test
        void test(String notOurs) {}
    }
}
