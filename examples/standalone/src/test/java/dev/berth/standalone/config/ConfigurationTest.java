package dev.berth.standalone.config;

import static dev.berth.standalone.config.Configured.by;
import static dev.berth.standalone.config.Configured.byFile;
import static dev.berth.standalone.config.Configured.byOptions;
import static dev.berth.standalone.config.Configured.byVariables;
import static dev.berth.standalone.config.Configured.notices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.berth.registry.engine.ReferenceCheck;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.storage.file.Durability;
import dev.berth.standalone.rules.Limit;
import dev.berth.standalone.rules.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class ConfigurationTest {

    @TempDir
    Path directory;

    @Test
    void unlessToldARegistryIsForThisMachineAndKeepsItsContent() {
        Configuration configuration = byVariables();

        assertThat(configuration.address()).isEqualTo(new ListenAddress("127.0.0.1", 5000));
        assertThat(configuration.address().isOpen()).isFalse();
        assertThat(configuration.directory()).contains(Path.of("berth-data"));
        assertThat(configuration.durability()).isEqualTo(Durability.DURABLE);
        assertThat(configuration.deletes()).isTrue();
        assertThat(configuration.readOnly()).isFalse();
        assertThat(configuration.references()).isEqualTo(ReferenceCheck.ALL);
        assertThat(configuration.location()).isEqualTo(LocationStyle.RELATIVE);
        assertThat(configuration.accessLog()).isTrue();
        assertThat(configuration.logLevel()).isEqualTo(Level.INFO);
        assertThat(configuration.notices()).isEmpty();
    }

    @Test
    void optionsDoWhatTheySay() {
        Configuration configuration = byOptions(
                "--port",
                "0",
                "--host",
                "[::1]",
                "--memory",
                "--no-delete",
                "--allow-missing-references",
                "--fast",
                "--log-level",
                "debug");

        assertThat(configuration.address()).isEqualTo(new ListenAddress("::1", 0));
        assertThat(configuration.directory()).isEmpty();
        assertThat(configuration.deletes()).isFalse();
        assertThat(configuration.references()).isEqualTo(ReferenceCheck.NONE);
        assertThat(configuration.durability()).isEqualTo(Durability.FAST);
        assertThat(configuration.logLevel()).isEqualTo(Level.DEBUG);
        assertThat(byOptions("--data", "/srv").directory()).contains(Path.of("/srv"));
    }

    @Test
    void optionsCountBeforeVariablesAndVariablesBeforeTheFile() {
        Path file = Configured.file(directory, """
                version: 0.1
                http:
                  addr: 10.0.0.1:1000
                storage:
                  filesystem:
                    rootdirectory: /file
                  delete:
                    enabled: false
                log:
                  level: error
                """);

        Configuration configuration = by(
                file,
                List.of("--port", "3000"),
                "REGISTRY_HTTP_ADDR",
                "10.0.0.2:2000",
                "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY",
                "/variable");

        assertThat(configuration.address()).isEqualTo(new ListenAddress("10.0.0.2", 3000));
        assertThat(configuration.directory()).contains(Path.of("/variable"));
        assertThat(configuration.deletes()).isFalse();
        assertThat(configuration.logLevel()).isEqualTo(Level.ERROR);
        assertThat(by(file, List.of("--data", "/option", "--delete")).directory())
                .contains(Path.of("/option"));
        assertThat(by(file, List.of("--data", "/option", "--delete")).deletes()).isTrue();
    }

    @Test
    void anOptionTakesTheStorageFromWhateverElseWasConfigured() {
        Path file = Configured.file(directory, "storage: {s3: {bucket: b}, delete: {enabled: false}}");

        Configuration configuration = by(file, List.of("--memory"), "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", "/x");

        assertThat(configuration.directory()).isEmpty();
        assertThat(configuration.deletes()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inmemory", "{inmemory: {}}", "{inmemory: }", "{\"inmemory\": null}", "inmemory:"})
    void storageInMemoryHasManyForms(String value) {
        assertThat(byVariables("REGISTRY_STORAGE", value).directory()).isEmpty();
        assertThat(byFile(directory, "storage: {filesystem: {rootdirectory: /x}}", "REGISTRY_STORAGE", value)
                        .directory())
                .isEmpty();
    }

    @Test
    void aVariableCanHoldAMap() {
        Configuration configuration =
                byVariables("REGISTRY_STORAGE", "{filesystem: {rootdirectory: /x}, delete: {enabled: false}}");

        assertThat(configuration.directory()).contains(Path.of("/x"));
        assertThat(configuration.deletes()).isFalse();
    }

    @Test
    void variablesCountInTheOrderOfTheirNames() {
        Configuration configuration = byVariables(
                "REGISTRY_STORAGE_DELETE_ENABLED",
                "true",
                "REGISTRY_STORAGE",
                "{inmemory: {}, delete: {enabled: false}}");

        assertThat(configuration.directory()).isEmpty();
        assertThat(configuration.deletes()).isTrue();
    }

    @Test
    void filesWithoutADirectoryAreWhereDockersRegistryKeepsThem() {
        assertThat(byVariables("REGISTRY_STORAGE", "filesystem").directory()).contains(Path.of("/var/lib/registry"));
        assertThat(byFile(directory, "storage: {filesystem: {maxthreads: 50}}").directory())
                .contains(Path.of("/var/lib/registry"));
    }

    @Test
    void twoStoragesAreNamed() {
        assertThatThrownBy(() ->
                        byFile(directory, "storage: {inmemory: {}}", "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", "/x"))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll(
                        "filesystem and inmemory",
                        "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY",
                        "storage.inmemory in " + directory.resolve("config.yml"));
    }

    @Test
    void theFileCanBeNamedByAVariable() {
        Path file = Configured.file(directory, "http: {addr: ':7000'}");

        Configuration configuration = byVariables("REGISTRY_CONFIGURATION_PATH", file.toString());

        assertThat(configuration.address()).isEqualTo(new ListenAddress("0.0.0.0", 7000));
        assertThat(configuration.address().isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        ":5000, 0.0.0.0, 5000",
        "0.0.0.0:5001, 0.0.0.0, 5001",
        "localhost:5000, localhost, 5000",
        "[::1]:5000, ::1, 5000",
        "[::]:0, ::, 0"
    })
    void addressesAreAsInGo(String text, String host, int port) {
        assertThat(byVariables("REGISTRY_HTTP_ADDR", text).address()).isEqualTo(new ListenAddress(host, port));
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_HTTP_ADDR, localhost",
        "REGISTRY_HTTP_ADDR, ::1:5000",
        "REGISTRY_HTTP_ADDR, :70000",
        "REGISTRY_HTTP_ADDR, :http",
        "REGISTRY_HTTP_HOST, registry.example.com",
        "REGISTRY_HTTP_HOST, 'https://user:secret@registry.example.com'",
        "REGISTRY_HTTP_RELATIVEURLS, maybe",
        "REGISTRY_HTTP_DRAINTIMEOUT, 30",
        "REGISTRY_HTTP_DRAINTIMEOUT, 5 s",
        "REGISTRY_HTTP_DRAINTIMEOUT, -5s",
        "REGISTRY_HTTP_HEADERS_X-A, \"a\\nb\"",
        "REGISTRY_STORAGE_DELETE_ENABLED, 1",
        "REGISTRY_CATALOG_MAXENTRIES, 0",
        "REGISTRY_TAGS_MAXTAGS, many",
        "REGISTRY_LOG_LEVEL, loud",
        "REGISTRY_LOG_ACCESSLOG_DISABLED, '[true'"
    })
    void aValueThatMakesNoSenseIsNamed(String variable, String value) {
        assertThatThrownBy(() -> byVariables(variable, value))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(variable);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "30s, 30000", "1m30s, 90000", "1h, 3600000", "250ms, 250", "1.5s, 1500"})
    void durationsAreAsInGo(String text, long millis) {
        assertThat(byVariables("REGISTRY_HTTP_DRAINTIMEOUT", text).drainTimeout())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void headerFieldsComeFromFileAndVariablesWithoutRegardToCase() {
        String yaml = "http: {headers: {X-Content-Type-Options: [nosniff], X-Two: [a, b]}}";

        assertThat(byFile(directory, yaml).headers().orElseThrow().all("X-Two")).containsExactly("a", "b");
        assertThat(byFile(directory, yaml, "REGISTRY_HTTP_HEADERS_X-TWO", "[c]")
                        .headers()
                        .orElseThrow()
                        .all("x-two"))
                .containsExactly("c");
    }

    @Test
    void whatBelongsToLocationIsRead() {
        assertThat(byVariables("REGISTRY_HTTP_RELATIVEURLS", "false").location())
                .isEqualTo(LocationStyle.FORWARDED);
        Configuration fixed =
                byVariables("REGISTRY_HTTP_RELATIVEURLS", "false", "REGISTRY_HTTP_HOST", "https://r.example.com/");
        assertThat(fixed.location()).isEqualTo(LocationStyle.RELATIVE);
        assertThat(fixed.externalUrl()).contains("https://r.example.com");
    }

    @Test
    void validationIsOfReferences() {
        assertThat(byVariables("REGISTRY_VALIDATION_DISABLED", "true").references())
                .isEqualTo(ReferenceCheck.IMAGES);
        assertThat(byVariables("REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMS", "none")
                        .references())
                .isEqualTo(ReferenceCheck.IMAGES);
        assertThat(byVariables(
                                "REGISTRY_VALIDATION_DISABLED",
                                "true",
                                "REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMS",
                                "all")
                        .references())
                .isEqualTo(ReferenceCheck.IMAGES);
    }

    @Test
    void theFilesOfDockersImagesAreTaken() {
        String two = """
                version: 0.1
                log:
                  fields:
                    service: registry
                storage:
                  cache:
                    blobdescriptor: inmemory
                  filesystem:
                    rootdirectory: /var/lib/registry
                http:
                  addr: :5000
                  headers:
                    X-Content-Type-Options: [nosniff]
                health:
                  storagedriver:
                    enabled: true
                    interval: 10s
                    threshold: 3
                """;
        String three = two.replace(
                        "  addr: :5000",
                        "  addr: :5000\n  debug:\n    addr: :5001\n    prometheus:\n      enabled: true\n      path: /metrics")
                .replace("  fields:", "  level: debug\n  fields:")
                .replace("  filesystem:", "  delete:\n    enabled: true\n  filesystem:");

        assertThat(byFile(directory, two).notices())
                .extracting(Configuration.Notice::level)
                .containsOnly(Level.INFO);
        assertThat(byFile(directory, three).notices())
                .extracting(Configuration.Notice::level)
                .containsOnly(Level.INFO);
        assertThat(byFile(directory, three).management().address()).contains(new ListenAddress("0.0.0.0", 5001));
        assertThat(byFile(directory, three).management().metricsPath()).contains("/metrics");
    }

    @Test
    void metricsWithoutAPlaceAreWarnedOf() {
        assertThat(notices(byVariables("REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED", "true")))
                .singleElement()
                .asString()
                .contains("http.debug.addr");
    }

    @Test
    void oneOptionShowsHealthAndMetricsToThisMachine() {
        Configuration.Management management = byOptions("--management", "5001").management();

        assertThat(management.address()).contains(new ListenAddress("127.0.0.1", 5001));
        assertThat(management.metricsPath()).contains("/metrics");
        assertThat(byOptions("--memory").management().address()).isEmpty();
        assertThat(byOptions("--log-format", "json").jsonLog()).isTrue();
    }

    @Test
    void aVariableThatMeansNothingIsNamedAndIgnored() {
        // Kubernetes sets such ones for a service that is called registry.
        Configuration configuration = byVariables(
                "REGISTRY_PORT",
                "tcp://10.0.0.1:5000",
                "REGISTRY_SERVICE_HOST",
                "10.0.0.1",
                "REGISTRY_HTTP_ADRR",
                ":1");

        assertThat(notices(configuration))
                .satisfiesExactly(
                        n -> assertThat(n).contains("REGISTRY_HTTP_ADRR"),
                        n -> assertThat(n).contains("REGISTRY_PORT"),
                        n -> assertThat(n).contains("REGISTRY_SERVICE_HOST"));
    }

    @Test
    void whatMeansNothingInAFileStopsTheStart() {
        assertThatThrownBy(() -> byFile(directory, "http: {tsl: {certificate: x}}"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("http.tsl.certificate in ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http:\nstorage:\nauth:\n",
                "# nothing\n",
                "http: {tls: {certificate: ''}}\nproxy: {remoteurl: }\n"
            })
    void whatIsEmptySaysNothing(String yaml) {
        assertThat(byFile(directory, yaml)).isEqualTo(byVariables());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: {silly: }",
                "auth: {silly: {}}",
                "auth: {htpasswd: {}}",
                "auth: {htpasswd: {path: ''}}",
                "auth: htpasswd"
            })
    void whatGuardsTheRegistryNeedsNoValueToStopTheStart(String yaml) {
        assertThatThrownBy(() -> byFile(directory, yaml))
                .isInstanceOf(UsageException.class)
                .hasMessageMatching("(?s).*auth\\.(silly.* is not supported yet|htpasswd.* is not enough).*");
    }

    @Test
    void allThatStopsTheStartIsSaidAtOnceAndPasswordsAreNot() {
        assertThatThrownBy(() -> byVariables(
                        "REGISTRY_PROXY_PASSWORD",
                        "secret",
                        "REGISTRY_REDIS_ADDR",
                        "redis:1",
                        "REGISTRY_HTTP_NET",
                        "unix"))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("REGISTRY_PROXY_PASSWORD", "REGISTRY_REDIS_ADDR", "REGISTRY_HTTP_NET", "unix")
                .hasMessageNotContaining("secret")
                .extracting(e -> e.getMessage().lines().count())
                .isEqualTo(3L);
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws Exception {
        Path list = Files.writeString(directory.resolve("list.yml"), "[a, b");
        Path scalar = Files.writeString(directory.resolve("scalar.yml"), "just text");
        Path binary = Files.write(directory.resolve("binary.yml"), new byte[] {(byte) 0xc3, (byte) 0x28});

        for (Path file : List.of(list, scalar, binary, directory, directory.resolve("missing.yml"))) {
            assertThatThrownBy(() ->
                            Configuration.of(Arguments.none(), Map.of("REGISTRY_CONFIGURATION_PATH", file.toString())))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void limitsOfTheCommandLineCountBeforeThoseOfRules() {
        Path rules = Configured.file(directory, "limits: {blob: 1GiB, uploads: 64}");

        Configuration configuration =
                Configured.byOptions("--rules", rules.toString(), "--limits", "uploads=8, sessions=1000");

        assertThat(configuration.housekeeping().rules().limits().most())
                .containsOnly(entry(Limit.BLOB, 1L << 30), entry(Limit.UPLOADS, 8L), entry(Limit.SESSIONS, 1000L));
        assertThat(Configured.byOptions().housekeeping().rules().limits()).isEqualTo(Limits.none());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blob       | --limits has to be limits, such as 'blob=10GiB,uploads=64', not 'blob'",
                "blob=much  | --limits: \"blob\" has to be a size, such as 10GiB or 500MB, not \"much\"",
                "uploads=-1 | --limits: \"uploads\" has to be a whole number of at least 1",
                "blobs=1    | --limits: there is no limit \"blobs\"; there are: blob, manifest, uploads, uploadsPerRepository"
            })
    void aLimitThatMakesNoSenseIsNamed(String limits, String message) {
        assertThatThrownBy(() -> Configured.byOptions("--limits", limits))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void garbageIsRemovedAsOftenAsItIsSaid() {
        Configuration configuration =
                Configured.byOptions("--collect-every", "24h", "--collect-grace", "2h", "--collect-untagged", "168h");

        assertThat(configuration.collection())
                .contains(new Configuration.Collection(
                        Duration.ofHours(24), Optional.of(Duration.ofHours(2)), Optional.of(Duration.ofHours(168))));
        assertThat(Configured.byOptions().collection()).isEmpty();
        assertThatThrownBy(() -> Configured.byOptions("--collect-untagged", "1h"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--collect-every");
        assertThatThrownBy(() -> Configured.byOptions("--collect-grace", "1h"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--collect-every");
        assertThatThrownBy(() -> Configured.byOptions("--collect-every", "0"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("longer than zero");
    }
}
