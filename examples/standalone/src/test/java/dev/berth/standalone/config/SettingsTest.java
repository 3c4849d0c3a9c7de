package dev.berth.standalone.config;

import static dev.berth.standalone.config.Configured.byVariables;
import static dev.berth.standalone.config.Configured.notices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of settings against the list of those that Docker's registry has. */
class SettingsTest {

    /** Values that ask for something, where the setting's default or a word would not. */
    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("http.addr", "10.0.0.1:80"),
            Map.entry("http.host", "https://registry.example.com"),
            Map.entry("http.relativeurls", "false"),
            Map.entry("http.draintimeout", "77s"),
            Map.entry("http.headers.x-content-type-options", "[nosniff]"),
            Map.entry("http.headers", "{X-A: [b]}"),
            Map.entry("storage.inmemory", "{}"),
            Map.entry("storage.delete.enabled", "false"),
            Map.entry("storage.maintenance.readonly", "{enabled: true}"),
            Map.entry("storage.maintenance.readonly.enabled", "true"),
            Map.entry("compatibility.schema1.enabled", "true"),
            Map.entry("log.level", "error"),
            Map.entry("log.accesslog.disabled", "true"),
            Map.entry("catalog.maxentries", "5"),
            Map.entry("tags.maxtags", "5"),
            Map.entry("http.tls", "{certificate: /another/cert, key: /another/key}"),
            Map.entry("http.tls.minimumtls", "tls1.3"),
            Map.entry("http.tls.clientauth", "verify-client-cert-if-given"),
            Map.entry("auth.htpasswd", "{path: /another/file}"),
            Map.entry("auth.token.autoredirect", "true"),
            Map.entry("auth.token.autoredirectpath", "/elsewhere"),
            Map.entry("validation.disabled", "true"),
            Map.entry("http.debug.addr", "10.0.0.1:81"),
            Map.entry("http.debug.prometheus.enabled", "false"),
            Map.entry("http.debug.prometheus.path", "/elsewhere"),
            Map.entry("log.formatter", "json"),
            Map.entry("health.storagedriver.interval", "77s"),
            Map.entry("health.storagedriver.threshold", "77"),
            Map.entry("notifications.endpoints", "[{name: ci}]"),
            Map.entry("notifications.endpoints.0.url", "https://another.example/hook"),
            Map.entry("notifications.endpoints.0.headers", "{X-A: [b]}"),
            Map.entry("notifications.endpoints.0.timeout", "77s"),
            Map.entry("notifications.endpoints.0.threshold", "77"),
            Map.entry("notifications.endpoints.0.backoff", "77s"),
            Map.entry("notifications.events.includereferences", "true"),
            Map.entry("storage.maintenance.uploadpurging.enabled", "false"),
            Map.entry("storage.maintenance.uploadpurging.age", "77h"),
            Map.entry("storage.maintenance.uploadpurging.interval", "77h"),
            Map.entry("storage.maintenance.uploadpurging.dryrun", "true"),
            Map.entry("validation.manifests.indexes.platforms", "none"));

    /** On the way to a setting, and none itself. */
    private static final Set<String> SECTIONS =
            Set.of("storage", "storage.maintenance.readonly", "http.tls", "auth.htpasswd", "notifications.endpoints");

    /** What a setting does not go without. */
    private static String[] others(String path) {
        if (path.startsWith("auth.htpasswd.")) {
            return new String[] {"REGISTRY_AUTH_HTPASSWD_PATH", "/file"};
        }
        if (path.startsWith("http.tls.")) {
            return new String[] {"REGISTRY_HTTP_TLS_CERTIFICATE", "/cert", "REGISTRY_HTTP_TLS_KEY", "/key"};
        }
        if (path.startsWith("http.debug.")) {
            return new String[] {"REGISTRY_HTTP_DEBUG_ADDR", ":5001", "REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED", "true"};
        }
        if (path.startsWith("notifications.")) {
            return new String[] {"REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL", "https://ci.example/hook"};
        }
        if (path.startsWith("auth.token.")) {
            return new String[] {
                "REGISTRY_AUTH_TOKEN_REALM", "https://auth.example/token",
                "REGISTRY_AUTH_TOKEN_SERVICE", "registry",
                "REGISTRY_AUTH_TOKEN_ISSUER", "issuer",
                "REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE", "/bundle"
            };
        }
        return new String[0];
    }

    private static Configuration with(String[] others, String variable, String value) {
        String[] all = Arrays.copyOf(others, others.length + 2);
        all[others.length] = variable;
        all[others.length + 1] = value;
        return byVariables(all);
    }

    static Stream<String> variables() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                SettingsTest.class.getResourceAsStream("docker-registry-variables.txt"), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("variables")
    void everyVariableOfDockersRegistryHasItsEffectOrIsNamed(String variable) {
        String path = path(variable);
        assertThat(Settings.knows(path)).isTrue();
        if (path.equals("storage")) {
            assertThat(byVariables(variable, "inmemory").directory()).isEmpty();
            return;
        }
        if (path.equals("auth")) {
            assertThatThrownBy(() -> byVariables(variable, "something")).hasMessageContaining(variable);
            return;
        }
        String value = SAMPLES.getOrDefault(path, "something");
        Disposition disposition = SECTIONS.contains(path)
                ? Disposition.APPLIED
                : Settings.of(path).orElseThrow().disposition();
        switch (disposition) {
            case APPLIED -> {
                Configuration configuration = with(others(path), variable, value);
                assertThat(configuration).isNotEqualTo(byVariables(others(path)));
                assertThat(configuration.notices()).isEmpty();
            }
            case NEEDLESS ->
                assertThat(notices(with(others(path), variable, value)))
                        .singleElement()
                        .asString()
                        .contains("needless", variable);
            case NOT_YET ->
                assertThat(notices(with(others(path), variable, value)))
                        .singleElement()
                        .asString()
                        .contains("not supported yet", variable);
            case REFUSED, GUARD ->
                assertThatThrownBy(() -> byVariables(variable, value))
                        .isInstanceOf(UsageException.class)
                        .hasMessageContainingAll("not supported yet", variable)
                        .hasMessageNotContaining("\n");
        }
    }

    @Test
    void everySettingOfTheTableIsOneOfDockersRegistry() throws IOException {
        List<String> paths = variables().map(SettingsTest::path).toList();

        assertThat(Settings.TABLE)
                .allSatisfy(setting -> assertThat(paths).as(setting.path()).anyMatch(setting::covers));
    }

    @Test
    void noSettingIsInTheTableTwice() {
        Set<String> roots = new TreeSet<>();

        assertThat(Settings.TABLE)
                .allSatisfy(setting ->
                        assertThat(roots.add(setting.root())).as(setting.path()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("harmlessValues")
    void whatAsksForNothingIsPassedOver(String variable, String value) {
        assertThat(byVariables(variable, value)).isEqualTo(byVariables());
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> harmlessValues() {
        return Stream.of(
                        "VERSION 0.1",
                        "HTTP_NET tcp",
                        "HTTP_PREFIX /",
                        "HTTP_H2C_ENABLED false",
                        "HTTP_DEBUG_PROMETHEUS_ENABLED false",
                        "HTTP_TLS_CERTIFICATE ",
                        "HTTP_TLS_CLIENTCAS []",
                        "PROXY_REMOTEURL ",
                        "NOTIFICATIONS_ENDPOINTS []",
                        "AUTH ",
                        "HTTP_HTTP2_DISABLED false",
                        "LOG_FORMATTER text",
                        "STORAGE_MAINTENANCE_UPLOADPURGING {enabled: true, age: 168h, interval: 24h, dryrun: false}",
                        "COMPATIBILITY_SCHEMA1_ENABLED false")
                .map(line -> org.junit.jupiter.params.provider.Arguments.of(
                        "REGISTRY_" + line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
    }

    @Test
    void theReadmeSaysWhatBecomesOfEverySetting() throws IOException {
        StringBuilder table = new StringBuilder("| setting | here | |\n|---|---|---|\n");
        for (Setting setting : Settings.TABLE) {
            String values = setting.harmless().isEmpty()
                    ? ""
                    : " (but `" + String.join("`, `", new TreeSet<>(setting.harmless())) + "`)";
            table.append("| `" + setting.path().replace(".**", ".…") + "`" + values + " | "
                    + setting.disposition().words() + " | " + setting.note() + " |\n");
        }

        assertThat(Files.readString(Path.of("README.md"))).contains(table);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REGISTRY_AUTH=htpasswd",
                "REGISTRY_AUTH=token",
                "REGISTRY_AUTH_HTPASSWD={}",
                "REGISTRY_AUTH_HTPASSWD_REALM=Realm",
                "REGISTRY_AUTH_HTPASSWD_PATH=",
                "REGISTRY_AUTH_TOKEN_REALM=https://auth.example",
                "REGISTRY_AUTH_TOKEN_AUTOREDIRECT=true",
                "REGISTRY_HTTP_TLS_CERTIFICATE=/cert",
                "REGISTRY_HTTP_TLS_KEY=/key",
                "REGISTRY_HTTP_TLS_MINIMUMTLS=tls1.3",
            })
    void halfOfItIsNotEnough(String setting) {
        String variable = setting.substring(0, setting.indexOf('='));

        assertThatThrownBy(() -> byVariables(variable, setting.substring(variable.length() + 1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining("not enough");
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_HTTP_TLS_MINIMUMTLS, tls1.0",
        "REGISTRY_HTTP_TLS_CLIENTAUTH, none",
        "REGISTRY_AUTH_HTPASSWD_REALM, a \" quote",
        "REGISTRY_AUTH_TOKEN_AUTOREDIRECTPATH, //x?y",
    })
    void aValueThatMakesNoSenseIsNamed(String variable, String value) {
        assertThatThrownBy(() -> byVariables(variable, "'" + value + "'"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining("has to be");
    }

    @Test
    void passwordsAndForeignTokensDoNotGoTogether() {
        assertThatThrownBy(() -> byVariables(
                        "REGISTRY_AUTH_HTPASSWD_PATH", "/file", "REGISTRY_AUTH_TOKEN_REALM", "https://auth.example"))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("REGISTRY_AUTH_HTPASSWD_PATH", "REGISTRY_AUTH_TOKEN_REALM", "not both");
    }

    private static String path(String variable) {
        return variable.substring("REGISTRY_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
