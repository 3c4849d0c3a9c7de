package dev.berth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceFileTest {

    @TempDir
    private Path directory;

    @Test
    void theRegistryIsReadOnlyWhileTheFileIsThere() throws Exception {
        Path file = Files.createFile(directory.resolve("maintenance"));
        Registry registry = new MaintenanceFile(file).freezing(new StoredRegistry(new MemoryStorage()));
        assertThat(accepts(registry)).isFalse();

        Files.delete(file);
        assertThat(becomes(true, registry)).isTrue();

        Files.createFile(file);
        assertThat(becomes(false, registry)).isTrue();
    }

    private static boolean becomes(boolean open, Registry registry) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (accepts(registry) != open && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        return accepts(registry) == open;
    }

    private static boolean accepts(Registry registry) throws IOException {
        try {
            registry.beginUpload(new RepositoryName("a"), DigestAlgorithm.SHA256)
                    .cancel();
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }
}
