package dev.berth.examples.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.berth.registry.junit5.RegistryAddress;
import dev.berth.registry.junit5.RegistryExtension;
import dev.berth.registry.junit5.RegistryScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One registry for a class, which is filled once. */
@RegistryExtension(scope = RegistryScope.PER_CLASS)
class SharedRegistryTest {

    private static String digest;

    @BeforeAll
    static void push(@RegistryAddress String address) throws Exception {
        digest = new Client(address).push("team/app", "1.0", new byte[] {1, 2, 3});
    }

    @Test
    void pulls(@RegistryAddress String address) throws Exception {
        assertEquals(
                digest,
                Client.digest(new Client(address).pull("team/app", "1.0").getBytes()));
    }

    @Nested
    class InNestedClasses {
        @Test
        void pulls(@RegistryAddress String address) throws Exception {
            assertEquals(
                    digest,
                    Client.digest(new Client(address).pull("team/app", digest).getBytes()));
        }
    }
}
