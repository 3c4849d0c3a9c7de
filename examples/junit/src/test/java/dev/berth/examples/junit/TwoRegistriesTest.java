package dev.berth.examples.junit;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.berth.registry.junit5.RegistryJUnitExtension;
import dev.berth.registry.junit5.RegistryStorage;
import dev.berth.registry.layer.ReadOnlyRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several registries for a test, set up in code. */
class TwoRegistriesTest {

    @RegisterExtension
    final RegistryJUnitExtension source = RegistryJUnitExtension.builder()
            .configure(server -> server.layer(ReadOnlyRegistry::new))
            .build();

    @RegisterExtension
    final RegistryJUnitExtension target =
            RegistryJUnitExtension.builder().storage(RegistryStorage.DIRECTORY).build();

    @Test
    void onlyTheTargetTakesImages() throws Exception {
        assertNotEquals(source.address(), target.address());
        assertThrows(
                IOException.class, () -> new Client(source.address()).push("team/app", "1.0", new byte[] {1, 2, 3}));
        new Client(target.address()).push("team/app", "1.0", new byte[] {1, 2, 3});
    }
}
