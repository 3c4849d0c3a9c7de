package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.jetty.RegistryServer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class ManyTestsTest {

    @Test
    void fiveHundredTestsLeaveNoThread() {
        SampleRun.of(Few.class).succeeded(5); // what is made once for all is there now
        int before = Threads.count();

        SampleRun run = SampleRun.of(Many.class).succeeded(500).leftNothing();

        assertThat(run.addresses()).hasSize(500);
        Threads.assertNoMoreThan(before);
    }

    @RegistryExtension
    static class Many {
        @RepeatedTest(500)
        void test(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }
    }

    @RegistryExtension
    static class Few {
        @RepeatedTest(5)
        void test(RegistryServer server, TestReporter reporter) {
            Exchange.withFresh(server.address(), reporter);
        }
    }
}
