package dev.berth.registry.storage.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what processes that died have left in the staging directory. */
final class AbandonedFiles {

    /** Whatever somebody is still at work on is far younger. */
    static final Duration AGE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedFiles.class);

    private AbandonedFiles() {}

    /** Removes the files that have not changed for {@code age}. */
    static void sweep(Path staging, Duration age) {
        if (!Files.isDirectory(staging)) {
            return;
        }
        Instant limit = Instant.now().minus(age);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(staging)) {
            for (Path file : files) {
                removeIfOlder(file, limit);
            }
        } catch (IOException e) {
            LOG.warn("Cannot remove what is left behind in {}: {}", staging, e.toString());
        }
    }

    private static void removeIfOlder(Path file, Instant limit) throws IOException {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                Files.deleteIfExists(file);
                LOG.debug("Removed {}, which a process has left behind", file);
            }
        } catch (NoSuchFileException e) {
            // Somebody was at work on it, and is done.
            LOG.trace("{} is gone", file);
        }
    }
}
