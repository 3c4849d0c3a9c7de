package dev.berth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.standalone.config.Arguments;
import dev.berth.standalone.config.Configuration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreetingTest {

    @Test
    void itSaysWhereToWhomAndWhatNext() {
        assertThat(greeting("--data", "/srv/registry"))
                .containsExactly(
                        "Berth 1 serves http://localhost:4321 to this machine alone (--host 0.0.0.0 opens it to others)",
                        "Content is kept in /srv/registry; clients may push, pull and delete",
                        "Try: docker push localhost:4321/demo/app:1");
    }

    @Test
    void itWarnsOfAnOpenRegistry() {
        assertThat(greeting("--host", "0.0.0.0", "--memory", "--no-delete"))
                .containsExactly(
                        "Berth 1 serves http://localhost:4321 to everyone who can reach this machine, without a password",
                        "Content is kept in memory, and gone at the end; clients may push and pull, not delete",
                        "Try: docker push localhost:4321/demo/app:1");
        assertThat(greeting("--host", "10.1.2.3", "--memory").get(0))
                .isEqualTo(
                        "Berth 1 serves http://10.1.2.3:4321 to everyone who can reach 10.1.2.3, without a password");
        assertThat(greeting("--host", "fe80::1", "--memory").get(2))
                .isEqualTo("Try: docker push [fe80::1]:4321/demo/app:1");
    }

    @Test
    void aReadOnlyRegistryIsForPulls() {
        Configuration configuration = Configuration.of(
                Arguments.plain("--memory").orElseThrow(),
                Map.of("REGISTRY_STORAGE_MAINTENANCE_READONLY", "{enabled: true}"));

        assertThat(Greeting.of(configuration, "Berth 1", 4321))
                .contains("clients may pull only", "docker pull localhost:4321/demo/app:1");
    }

    private static List<String> greeting(String... arguments) {
        Configuration configuration =
                Configuration.of(Arguments.plain(arguments).orElseThrow(), Map.of());
        return Greeting.of(configuration, "Berth 1", 4321).lines().toList();
    }
}
