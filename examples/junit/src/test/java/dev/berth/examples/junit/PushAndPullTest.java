package dev.berth.examples.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.RegistryAddress;
import dev.berth.registry.junit5.RegistryExtension;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fresh registry for each test. */
@RegistryExtension
class PushAndPullTest {

    private static final RepositoryName APP = new RepositoryName("team/app");

    @Test
    void pullsWhatItPushed(@RegistryAddress String address) throws Exception {
        Client client = new Client(address);
        byte[] layer = "a very small layer".getBytes(UTF_8);

        String digest = client.push("team/app", "1.0", layer);

        assertEquals(client.pull("team/app", digest), client.pull("team/app", "1.0"));
        assertArrayEquals(layer, client.pullBlob("team/app", Client.digest(layer)));
    }

    @Test
    void arrivesInTheRegistry(RegistryServer server, Registry registry) throws Exception {
        String digest = new Client(server.address()).push("team/app", "1.0", new byte[] {1, 2, 3});

        assertEquals(
                digest,
                registry.manifest(APP, new Tag("1.0")).orElseThrow().digest().toString());
    }

    @Test
    void seesNothingOfOtherTests(Registry registry) throws Exception {
        assertTrue(registry.repositories(Optional.empty(), 1).items().isEmpty());
    }
}
