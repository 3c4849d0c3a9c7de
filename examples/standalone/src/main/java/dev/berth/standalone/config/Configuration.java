package dev.berth.standalone.config;

import dev.berth.registry.engine.ReferenceCheck;
import dev.berth.registry.event.webhook.WebhookEndpoint;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.storage.file.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * How the server is to run: what options, variables and file come to, with nothing left to interpret.
 *
 * @param address where to listen
 * @param directory where to keep content; empty for memory
 * @param durability how carefully to write to the directory
 * @param deletes whether clients may delete
 * @param readOnly whether clients may change nothing at all
 * @param references what a manifest's references are held to
 * @param location how {@code Location} is written
 * @param externalUrl what to put before {@code Location}'s path, if that is fixed
 * @param headers header fields for every response
 * @param catalogLimit the most repositories in one page
 * @param tagLimit the most tags in one page
 * @param drainTimeout how long requests in flight may take when the server is told to stop
 * @param logLevel what is logged
 * @param accessLog whether each request is
 * @param collection how garbage is removed; not at all if empty
 * @param housekeeping what else is done to look after it
 * @param auth who may do what; everybody everything if empty
 * @param tls how connections are encrypted; not at all if empty
 * @param notifications who is told of what happens; nobody if empty
 * @param management how those who look after the server get at it
 * @param jsonLog whether what is logged is JSON
 * @param notices what whoever started the server should know of its settings
 */
public record Configuration(
        ListenAddress address,
        Optional<Path> directory,
        Durability durability,
        boolean deletes,
        boolean readOnly,
        ReferenceCheck references,
        LocationStyle location,
        Optional<String> externalUrl,
        Optional<Headers> headers,
        int catalogLimit,
        int tagLimit,
        Duration drainTimeout,
        Level logLevel,
        boolean accessLog,
        Optional<Collection> collection,
        Housekeeping housekeeping,
        Optional<AuthSettings> auth,
        Optional<TlsSettings> tls,
        Optional<Notifications> notifications,
        Management management,
        boolean jsonLog,
        List<Notice> notices) {

    /**
     * How garbage is removed.
     *
     * @param every how often
     * @param grace how long what nothing refers to yet stays, if it is not the usual time
     * @param untagged how old manifests become that no tag leads to; for ever if empty
     */
    public record Collection(Duration every, Optional<Duration> grace, Optional<Duration> untagged) {}

    /**
     * Who is told of what happens.
     *
     * @param endpoints each of them
     * @param references whether they are told what manifests are made of
     */
    public record Notifications(List<WebhookEndpoint> endpoints, boolean references) {

        /** Copies what it is given. */
        public Notifications {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * How those who look after the server get at it.
     *
     * @param address where they ask; empty for the port of the registry
     * @param metricsPath where metrics are; empty for nowhere
     * @param interval how long what a check found is good
     * @param threshold how many times in a row a check fails before that counts
     * @param downFiles files that say, as long as one is there, that the registry is not ready
     */
    public record Management(
            Optional<ListenAddress> address,
            Optional<String> metricsPath,
            Duration interval,
            int threshold,
            List<Path> downFiles) {

        /** Copies what it is given. */
        public Management {
            downFiles = List.copyOf(downFiles);
        }
    }

    /**
     * Something to say about the settings.
     *
     * @param level how much it matters
     * @param text one line
     */
    public record Notice(Level level, String text) {}

    /**
     * Reads the configuration: options count before variables, variables before the file, and the file before what holds
     * unless told.
     *
     * @throws UsageException if any of them asks for what cannot be, or what is not supported and must not be passed over
     */
    public static Configuration of(Arguments arguments, Map<String, String> environment) {
        Values values = values(arguments.configurationFile(), environment);
        Draft draft = new Draft();
        for (String unknown : Environment.apply(environment, values)) {
            draft.warn(unknown + " is no setting of a registry, and ignored");
        }
        if (!values.isEmpty()) {
            if (Flags.chooseStorage(arguments)) {
                values.removeStorageTypes();
            }
            Settings.apply(values, draft);
        }
        Flags.apply(arguments, draft);
        return draft.configuration();
    }

    /** What the configuration file says, if one is named. */
    static Values values(Optional<String> configurationFile, Map<String, String> environment) {
        Values values = new Values();
        configurationFile
                .or(() -> Optional.ofNullable(environment.get(Environment.CONFIGURATION_PATH)))
                .filter(file -> !file.isEmpty())
                .ifPresent(file -> values.setFile(Yaml.file(Path.of(file)), file));
        return values;
    }
}
