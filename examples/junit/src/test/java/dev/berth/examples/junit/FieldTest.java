package dev.berth.examples.junit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.RegistryExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fresh registry for each test, in fields. */
class FieldTest {

    @RegistryExtension
    private RegistryServer server;

    @RegistryExtension
    private Registry registry;

    @BeforeEach
    void push() throws Exception {
        new Client(server.address()).push("team/app", "1.0", new byte[] {1, 2, 3});
    }

    @Test
    void deletes() throws Exception {
        assertTrue(registry.deleteTag(new RepositoryName("team/app"), new Tag("1.0")));
    }

    @Test
    void finds() throws Exception {
        assertTrue(registry.manifest(new RepositoryName("team/app"), new Tag("1.0"))
                .isPresent());
    }
}
