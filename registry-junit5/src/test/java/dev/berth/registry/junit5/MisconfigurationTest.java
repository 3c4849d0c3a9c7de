package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.jetty.RegistryServer;
import java.net.URI;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every mistake says what is wrong, where, and what would be right. */
class MisconfigurationTest {

    @Test
    void fieldOfAnotherType() {
        assertFailure(OtherType.class)
                .contains("OtherType.uri is a java.net.URI")
                .contains(
                        "a RegistryServer, a Registry, its Journal, Faults, Events, TestClock, TestCertificates, ClientSetup, MemoryStorage, FreezableRegistry or RecordedRegistry, or a String");
    }

    static class OtherType {
        @RegistryExtension
        URI uri;

        @Test
        void test() {}
    }

    @Test
    void finalField() {
        assertFailure(FinalField.class).contains("FinalField.server is final");
    }

    @RegistryExtension
    static class FinalField {
        @RegistryExtension
        private final RegistryServer server = null;

        @Test
        void test() {}
    }

    @Test
    void staticFieldOfAClassWhoseTestsHaveTheirOwn() {
        assertFailure(StaticPerMethod.class)
                .contains("StaticPerMethod.server is static")
                .contains("instance field")
                .contains("PER_CLASS");
    }

    @RegistryExtension
    static class StaticPerMethod {
        @RegistryExtension
        static RegistryServer server;

        @Test
        void test() {}
    }

    @Test
    void fieldThatContradictsItsClass() {
        assertFailure(Contradiction.class)
                .contains("Contradiction.server")
                .contains("so does the annotation on")
                .contains("bare");
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS)
    static class Contradiction {
        @RegistryExtension(storage = RegistryStorage.DIRECTORY)
        RegistryServer server;

        @Test
        void test() {}
    }

    @Test
    void fieldsThatContradictEachOther() {
        assertFailure(Disagreement.class)
                .contains("Disagreement.memory")
                .contains("Disagreement.directory")
                .contains("RegistryJUnitExtension");
    }

    static class Disagreement {
        @RegistryExtension
        RegistryServer memory;

        @RegistryExtension(storage = RegistryStorage.DIRECTORY)
        RegistryServer directory;

        @Test
        void test() {}
    }

    @Test
    void parameterOfAMethodThatIsCalledOnceForAllTests() {
        assertFailure(BeforeAllPerMethod.class)
                .contains("called once for all tests")
                .contains("PER_CLASS");
    }

    @RegistryExtension
    static class BeforeAllPerMethod {
        @BeforeAll
        static void before(RegistryServer server) {}

        @Test
        void test() {}
    }

    @Test
    void parameterOfAConstructorThatIsCalledOnceForAllTests() {
        assertFailure(SharedConstructor.class)
                .contains("called once for all tests")
                .contains("PER_CLASS");
    }

    @RegistryExtension
    @TestInstance(Lifecycle.PER_CLASS)
    static class SharedConstructor {
        SharedConstructor(RegistryServer server) {}

        @Test
        void test() {}
    }

    @Test
    void parameterOfAConstructorAroundAnInstanceThatRunsAllTests() {
        assertFailure(SharedInside.class).contains("called once for all tests");
    }

    @RegistryExtension
    static class SharedInside {
        SharedInside(RegistryServer server) {}

        @Nested
        @TestInstance(Lifecycle.PER_CLASS)
        class Inside {
            @Test
            void test() {}
        }
    }

    @Test
    void addressThatIsNoString() {
        assertFailure(AddressAsUri.class)
                .contains("@RegistryAddress is for parameters of type String")
                .contains("java.net.URI");
    }

    @RegistryExtension
    static class AddressAsUri {
        @Test
        void test(@RegistryAddress URI uri) {}
    }

    @Test
    void fieldOfAnInstanceWhoseTestsRunInParallel() {
        assertThat(SampleRun.inParallel(OverwrittenField.class).failures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessageContaining("OverwrittenField.server is in an instance that runs several tests"));
        SampleRun.of(OverwrittenField.class).succeeded(2);
    }

    @TestInstance(Lifecycle.PER_CLASS)
    @Execution(ExecutionMode.CONCURRENT)
    static class OverwrittenField {
        @RegistryExtension
        RegistryServer server;

        @Test
        void one() {}

        @Test
        void two() {}
    }

    @Test
    void customizerWithoutSuchAConstructor() {
        assertFailure(NeedsArgument.class)
                .contains("configure = " + Demanding.class.getName())
                .contains(NeedsArgument.class.getName())
                .contains("constructor that has no parameters");
    }

    @RegistryExtension(configure = Demanding.class)
    static class NeedsArgument {
        @Test
        void test() {}
    }

    record Demanding(String argument) implements RegistryCustomizer {
        @Override
        public void customize(RegistryServer.Builder builder) {}
    }

    @Test
    void customizerThatIsALambdaInDisguise() {
        assertFailure(AbstractCustomizer.class).contains("not abstract");
    }

    interface MoreSpecial extends RegistryCustomizer {}

    @RegistryExtension(configure = MoreSpecial.class)
    static class AbstractCustomizer {
        @Test
        void test() {}
    }

    private static AbstractStringAssert<?> assertFailure(Class<?> sample) {
        return assertThat(SampleRun.of(sample).failed(1).failures().get(0)).message();
    }
}
