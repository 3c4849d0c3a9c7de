package dev.berth.standalone;

import dev.berth.registry.Registry;
import dev.berth.registry.layer.FreezableRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that makes a registry read-only while it is there: {@code touch maintenance}, and {@code rm maintenance}. It is looked for
 * every half second, by a thread that ends with the process. That works the same on every system, from every shell and over every
 * mount, and after a restart the registry is as read-only as it was.
 */
final class MaintenanceFile {

    private static final Logger LOG = LoggerFactory.getLogger("berth");
    private static final Duration OFTEN = Duration.ofMillis(500);

    private final Path file;

    MaintenanceFile(Path file) {
        this.file = file;
    }

    boolean isThere() {
        return Files.exists(file);
    }

    /** The registry, which is read-only while the file is there. */
    Registry freezing(Registry next) {
        FreezableRegistry registry = new FreezableRegistry(next);
        look(registry);
        Thread thread = new Thread(() -> watch(registry), "berth-maintenance");
        thread.setDaemon(true);
        thread.start();
        return registry;
    }

    private void watch(FreezableRegistry registry) {
        try {
            while (true) {
                Thread.sleep(OFTEN.toMillis());
                look(registry);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(FreezableRegistry registry) {
        boolean wanted = isThere();
        if (wanted && !registry.isFrozen()) {
            registry.freeze("it is in maintenance");
            LOG.info("The registry is read-only while {} is there", file);
        } else if (!wanted && registry.isFrozen()) {
            registry.thaw();
            LOG.info("{} is gone: the registry can be pushed to again", file);
        }
    }
}
