package dev.berth.examples.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.berth.registry.image.Image;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.RegistryExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {

    @RegistryExtension
    private RegistryServer server;

    @Test
    void whatIsPushedIsPulled() throws Exception {
        RemoteRegistry registry = RemoteRegistry.at(server.uri());
        Image pushed = Image.builder().file("/app/greeting", "hello").build().pushTo(registry, "team/app", "1.0");

        Image pulled = Image.pull(registry, "team/app", "1.0");

        assertEquals(pushed, pulled);
        assertEquals("hello", pulled.files().read("/app/greeting"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.eclipse.jetty.server.Server",
                "com.fasterxml.jackson.core.JsonFactory",
                "org.apache.commons.compress.archivers.tar.TarArchiveInputStream",
                "org.assertj.core.api.Assertions"
            })
    void nothingElseIsOnTheClassPath(String name) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
    }
}
