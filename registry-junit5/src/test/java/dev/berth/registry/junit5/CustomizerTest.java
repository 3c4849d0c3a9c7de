package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Registry;
import dev.berth.registry.image.Image;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.layer.ReadOnlyRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class CustomizerTest {

    @Test
    void aCustomizerSetsTheServerUp() {
        SampleRun.of(Customized.class).succeeded(1);
    }

    @RegistryExtension(configure = ReadOnly.class)
    static class Customized {
        @Test
        void test(Registry registry, @RegistryAddress String address) {
            assertThatThrownBy(() -> Image.random(1, 1).pushTo(registry, "app", "1"))
                    .hasMessageContaining("read-only");
            assertThat(Exchange.has(address, "app")).isFalse();
        }
    }

    private static final class ReadOnly implements RegistryCustomizer {
        @Override
        public void customize(RegistryServer.Builder builder) {
            builder.layer(ReadOnlyRegistry::new);
        }
    }

    @Test
    void aRegistryRunsForTestsThatDoNotAskForIt() {
        SampleRun.of(NeverAsks.class).succeeded(1).leftNothing();
    }

    @RegistryExtension(configure = FixedPort.class)
    static class NeverAsks {
        @Test
        void test(TestReporter reporter) {
            Exchange.withFresh("127.0.0.1:" + FixedPort.PORT, reporter);
        }
    }

    static final class FixedPort implements RegistryCustomizer {
        static final int PORT = 15_319;

        @Override
        public void customize(RegistryServer.Builder builder) {
            builder.port(PORT);
        }
    }
}
