package dev.berth.standalone.config;

import dev.berth.standalone.config.Configuration.Management;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How those who look after the server get at it, while it is being put together. */
final class ManagementDraft {

    Optional<ListenAddress> address = Optional.empty();
    boolean metrics;
    String metricsPath = "/metrics";
    Duration interval = Duration.ofSeconds(10);
    int threshold = 1;

    private final List<Path> downFiles = new ArrayList<>();

    /** Takes a value of {@code health.file.<index>.<name>}. */
    void addFile(Value value) {
        if (value.path().endsWith(".file")) {
            downFiles.add(value.file());
        } else if (!value.path().matches("health\\.file\\.[0-9]+\\.(interval|threshold)")) {
            throw new UsageException(value.name() + " is no setting of a check: correct or remove it");
        }
    }

    Management management() {
        return new Management(
                address,
                address.isPresent() && metrics ? Optional.of(metricsPath) : Optional.empty(),
                interval,
                threshold,
                downFiles);
    }

    /** What shows nothing, because there is nowhere to show it. */
    boolean isHalf() {
        return metrics && address.isEmpty();
    }
}
