package dev.berth.examples.testcontainers;

import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.Registry;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.image.Image;
import dev.berth.registry.jetty.ReachedFrom;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.RegistryExtension;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/** A container talks to the registry in this JVM, which listens on the loopback interface alone. */
@RegistryExtension(images = "team/app:1.0")
class ContainerTest {

    /**
     * Containers need an engine, and what this shows cannot be shown without one. Where there is none it is compiled, and says that
     * it was left out.
     */
    @BeforeAll
    static void thereIsAnEngine() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "there is no Docker engine");
    }

    @Test
    void aContainerCopiesAnImage(RegistryServer server, Registry registry, Journal journal) throws Exception {
        Testcontainers.exposeHostPorts(server.port()); // before the container is made
        String repositories = "docker://" + server.address(ReachedFrom.TESTCONTAINERS) + "/team/";

        try (GenericContainer<?> skopeo = new GenericContainer<>("quay.io/skopeo/stable:v1.20")
                .withCommand(
                        "copy",
                        "--src-tls-verify=false",
                        "--dest-tls-verify=false",
                        repositories + "app:1.0",
                        repositories + "copy:1.0")
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(Duration.ofMinutes(2)))) {
            skopeo.start();
        }

        assertThat(server).repository("team/copy").hasTag("1.0").pointingTo(Image.pull(registry, "team/app", "1.0"));
        assertThat(journal).pulledNoBlobTwice();
    }
}
