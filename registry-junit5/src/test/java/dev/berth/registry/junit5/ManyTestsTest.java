package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.berth.registry.jetty.RegistryServer;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class ManyTestsTest {

    @Test
    void fiveHundredTestsLeaveNoThreadAndNoOpenFile() {
        SampleRun.of(Few.class).succeeded(5); // what is made once for all is there now
        int before = Threads.count();
        long files = openFiles();

        SampleRun run = SampleRun.of(Many.class).succeeded(500).leftNothing();

        assertThat(run.addresses()).hasSize(500);
        Threads.assertNoMoreThan(before);
        assertThat(openFiles()).isLessThan(files + 100); // 500 would be one for each
    }

    /** How many descriptors the process has, where the system tells. */
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
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
