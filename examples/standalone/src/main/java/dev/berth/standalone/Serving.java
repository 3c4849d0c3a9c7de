package dev.berth.standalone;

import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.health.HealthCheck;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.HttpOptions;
import dev.berth.registry.http.RequestLog;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.layer.NoDeleteRegistry;
import dev.berth.registry.layer.ReadOnlyRegistry;
import dev.berth.standalone.config.AuthSettings;
import dev.berth.standalone.config.Configuration;
import dev.berth.standalone.config.Configuration.Collection;
import dev.berth.standalone.config.Configuration.Management;
import dev.berth.standalone.config.Configuration.Notice;
import dev.berth.standalone.log.LineLogging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A registry that is being served as it was configured, until the process is told to stop. */
final class Serving {

    private final RegistryServer server;

    private Serving(RegistryServer server) {
        this.server = server;
    }

    /**
     * Starts, and says what is served and where.
     *
     * @throws UncheckedIOException if the directory cannot be used or the address not be listened on
     */
    static Serving start(Configuration configuration, String version) {
        LineLogging.setLevel(configuration.logLevel());
        LineLogging.setJson(configuration.jsonLog());
        // What is wrong with the settings is said first: it may be why the start fails.
        say(configuration);
        RegistryServer server = builder(configuration).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "berth-stop"));
        if (configuration.logLevel().toInt() <= Level.INFO.toInt()) {
            System.out.println(Greeting.of(configuration, version, server.port()));
        }
        server.managementUri()
                .ifPresent(uri -> LoggerFactory.getLogger("berth").info("Health and metrics are at {}", uri));
        return new Serving(server);
    }

    void untilStopped() throws InterruptedException {
        server.join();
    }

    private static RegistryServer.Builder builder(Configuration configuration) {
        RegistryServer.Builder builder = RegistryServer.builder()
                .host(configuration.address().host())
                .port(configuration.address().port())
                .registryOptions(RegistryOptions.defaults().withReferenceCheck(configuration.references()))
                .stopTimeout(configuration.drainTimeout())
                .httpOptions(options -> http(options, configuration));
        configuration
                .directory()
                .ifPresentOrElse(
                        directory -> builder.directory(directory, configuration.durability()), builder::memory);
        LookingAfter.add(configuration, builder);
        if (configuration.readOnly()) {
            builder.layer(ReadOnlyRegistry::new);
        } else if (!configuration.deletes()) {
            builder.layer(NoDeleteRegistry::new);
        }
        configuration.collection().ifPresent(collection -> builder.collect(collection.every(), options(collection)));
        if (configuration.accessLog()) {
            builder.requestLog(configuration.jsonLog() ? RequestLog.Format.JSON : RequestLog.Format.TEXT);
        }
        manage(configuration.management(), builder);
        configuration.notifications().ifPresent(n -> builder.webhooks(Notifying.webhooks(n, configuration)));
        configuration.tls().ifPresent(tls -> builder.tls(Encryption.of(tls)));
        return builder;
    }

    private static void manage(Management management, RegistryServer.Builder builder) {
        builder.health(management.interval(), management.threshold());
        management.address().ifPresent(address -> builder.management(address.host(), address.port()));
        management.metricsPath().ifPresent(builder::metrics);
        for (Path file : management.downFiles()) {
            builder.healthCheck(new HealthCheck(String.valueOf(file.getFileName()), () -> {
                if (Files.exists(file)) {
                    throw new IOException("there is a file " + file);
                }
            }));
        }
    }

    private static CollectionOptions options(Collection collection) {
        CollectionOptions defaults = CollectionOptions.defaults();
        CollectionOptions options =
                collection.grace().map(defaults::withGracePeriod).orElse(defaults);
        return collection.untagged().map(options::withUntaggedOlderThan).orElse(options);
    }

    private static HttpOptions http(HttpOptions defaults, Configuration configuration) {
        int catalogLimit = configuration.catalogLimit();
        int tagLimit = configuration.tagLimit();
        HttpOptions options =
                defaults.withLocation(configuration.location()).withPageLimit(Math.max(catalogLimit, tagLimit));
        if (catalogLimit != tagLimit) {
            options = options.plusFilter(new PageLimits(catalogLimit, tagLimit));
        }
        if (configuration.externalUrl().isPresent()) {
            options = options.plusFilter(
                    new ExternalLocation(configuration.externalUrl().get()));
        }
        if (configuration.headers().isPresent()) {
            options = options.plusFilter(new MoreHeaders(configuration.headers().get()));
        }
        if (configuration.auth().isPresent()) {
            for (HttpFilter filter : accessControl(configuration.auth().get(), configuration)) {
                options = options.plusFilter(filter);
            }
        }
        // Last: it counts by who asks.
        return IncomingLimits.on(options, configuration.housekeeping().rules().limits());
    }

    private static List<HttpFilter> accessControl(AuthSettings auth, Configuration configuration) {
        try {
            return AccessControl.filters(auth, configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(reason(e), e);
        }
    }

    /** What the file system says names the file and nothing else. */
    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "there is no file " + e.getMessage() : String.valueOf(e.getMessage());
    }

    private static void say(Configuration configuration) {
        if (configuration.notices().isEmpty()) {
            return;
        }
        Logger log = LoggerFactory.getLogger("berth");
        for (Notice notice : configuration.notices()) {
            log.atLevel(notice.level()).log(notice.text());
        }
    }

    /** A JVM that is told to stop ends with 143; one that has stopped as it was told to should end with 0. */
    private static void stop(RegistryServer server) {
        server.close();
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
