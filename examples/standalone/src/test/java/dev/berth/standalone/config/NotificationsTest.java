package dev.berth.standalone.config;

import static dev.berth.standalone.config.Configured.byFile;
import static dev.berth.standalone.config.Configured.byOptions;
import static dev.berth.standalone.config.Configured.byVariables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.event.webhook.WebhookAction;
import dev.berth.registry.event.webhook.WebhookEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationsTest {

    private static final URI URL = URI.create("https://ci.example/hook");

    @Test
    void aFileSaysWhoIsTold(@TempDir Path directory) {
        Configuration configuration = byFile(directory, """
                version: 0.1
                storage: inmemory
                notifications:
                  events:
                    includereferences: true
                  endpoints:
                    - name: ci
                      disabled: false
                      url: https://ci.example/hook
                      headers:
                        Authorization: [Bearer secret]
                        X-Twice: [one, two]
                      timeout: 500ms
                      threshold: 5
                      backoff: 2s
                      ignoredmediatypes:
                        - application/octet-stream
                      ignore:
                        mediatypes:
                           - application/x-other
                        actions:
                           - pull
                           - mount
                    - name: off
                      disabled: true
                      url: https://off.example/hook
                """);

        assertThat(configuration.notifications().orElseThrow().references()).isTrue();
        assertThat(configuration.notifications().orElseThrow().endpoints())
                .containsExactly(WebhookEndpoint.to(URL)
                        .named("ci")
                        .withHeader("Authorization", "Bearer secret")
                        .withHeader("X-Twice", "one")
                        .withHeader("X-Twice", "two")
                        .withTimeout(Duration.ofMillis(500))
                        .withBackoff(5, Duration.ofSeconds(2))
                        .ignoringMediaTypes("application/octet-stream", "application/x-other")
                        .ignoring(WebhookAction.PULL, WebhookAction.MOUNT));
    }

    @Test
    void soDoVariables() {
        Configuration configuration = byVariables(
                "REGISTRY_NOTIFICATIONS_ENDPOINTS_0_NAME", "ci",
                "REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL", URL.toString(),
                "REGISTRY_NOTIFICATIONS_ENDPOINTS_0_HEADERS", "{X-A: [b]}",
                "REGISTRY_NOTIFICATIONS_ENDPOINTS_1_URL", "http://other.example");

        assertThat(configuration.notifications().orElseThrow().endpoints())
                .containsExactly(
                        WebhookEndpoint.to(URL).named("ci").withHeader("X-A", "b"),
                        WebhookEndpoint.to(URI.create("http://other.example")));
    }

    @Test
    void anOptionIsEnough() {
        assertThat(byOptions("--webhook", URL.toString())
                        .notifications()
                        .orElseThrow()
                        .endpoints())
                .containsExactly(WebhookEndpoint.to(URL));
        assertThat(byOptions("--memory").notifications()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_NOTIFICATIONS_ENDPOINTS_0_NAME, ci, is missing is the url",
        "REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL, ftp://secret, has to be a URL",
        "REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL, https://a b/secret, has to be a URL",
        "REGISTRY_NOTIFICATIONS_ENDPOINTS, '[{url: \"http://a\", retries: 3}]', is no setting of an endpoint",
        "REGISTRY_NOTIFICATIONS_ENDPOINTS, '[{url: \"http://a\", timeout: 0s}]', at least a millisecond",
        "REGISTRY_NOTIFICATIONS_ENDPOINTS, '[{url: \"http://a\", ignore: {actions: [look]}}]', 'push, pull, delete or mount'",
        "REGISTRY_NOTIFICATIONS_ENDPOINTS, '[{url: \"http://a\", name: a/b}]', letters",
        "REGISTRY_NOTIFICATIONS_ENDPOINTS, '[{url: \"http://a\", headers: {Host: [secret]}}]', header field number 1",
        "REGISTRY_NOTIFICATIONS_ENDPOINTS, http://a, a list of endpoints",
    })
    void whatMakesNoSenseStopsTheStart(String variable, String value, String message) {
        assertThatThrownBy(() -> byVariables(variable, value))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll(variable, message)
                .hasMessageNotContaining("secret");
    }
}
