package dev.berth.standalone.config;

import dev.berth.registry.engine.ReferenceCheck;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.storage.file.Durability;
import dev.berth.standalone.config.Configuration.Collection;
import dev.berth.standalone.config.Configuration.Notice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/** A configuration while settings are being put into it, beginning with what holds unless told. */
final class Draft {

    /** Where Docker's registry keeps its content, if told to use files and not where. */
    static final Path DOCKER_DIRECTORY = Path.of("/var/lib/registry");

    ListenAddress address = new ListenAddress(ListenAddress.LOOPBACK, 5000);
    Optional<Path> directory = Optional.of(Path.of("berth-data"));
    Durability durability = Durability.DURABLE;
    boolean deletes = true;
    boolean readOnly;
    boolean anyReferences;
    boolean validation = true;
    boolean wholeIndexes = true;
    LocationStyle location = LocationStyle.RELATIVE;
    Optional<String> externalUrl = Optional.empty();
    Optional<Headers> headers = Optional.empty();
    int catalogLimit = 1000;
    int tagLimit = 1000;
    Duration drainTimeout = Duration.ofSeconds(5);
    Level logLevel = Level.INFO;
    boolean accessLog = true;
    Optional<Duration> collectEvery = Optional.empty();
    Optional<Duration> collectGrace = Optional.empty();
    Optional<Duration> collectUntagged = Optional.empty();
    final HousekeepingDraft housekeeping = new HousekeepingDraft();
    final SecurityDraft security = new SecurityDraft();
    final ManagementDraft management = new ManagementDraft();
    boolean jsonLog;
    final NotificationsDraft notifications = new NotificationsDraft();

    private final List<Notice> notices = new ArrayList<>();

    void warn(String text) {
        notices.add(new Notice(Level.WARN, text));
    }

    void note(String text) {
        notices.add(new Notice(Level.INFO, text));
    }

    Configuration configuration() {
        if (management.isHalf()) {
            warn("http.debug.prometheus.enabled shows nothing without http.debug.addr, which says where");
        }
        return new Configuration(
                address,
                directory,
                durability,
                deletes,
                readOnly,
                references(),
                // What is fixed is put before a path.
                externalUrl.isPresent() ? LocationStyle.RELATIVE : location,
                externalUrl,
                headers,
                catalogLimit,
                tagLimit,
                drainTimeout,
                logLevel,
                accessLog,
                collection(),
                housekeeping.housekeeping(),
                security.auth(),
                security.tls(),
                notifications.notifications(),
                management.management(),
                jsonLog,
                List.copyOf(notices));
    }

    private Optional<Collection> collection() {
        if (collectUntagged.isPresent() && collectEvery.isEmpty()) {
            throw new UsageException("--collect-untagged goes with --collect-every, which says how often");
        }
        if (collectGrace.isPresent() && collectEvery.isEmpty()) {
            throw new UsageException("--collect-grace goes with --collect-every, which says how often");
        }
        return collectEvery.map(every -> new Collection(every, collectGrace, collectUntagged));
    }

    private ReferenceCheck references() {
        if (anyReferences) {
            return ReferenceCheck.NONE;
        }
        return validation && wholeIndexes ? ReferenceCheck.ALL : ReferenceCheck.IMAGES;
    }
}
