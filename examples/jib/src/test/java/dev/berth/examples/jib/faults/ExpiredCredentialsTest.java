package dev.berth.examples.jib.faults;

import static dev.berth.registry.http.RequestMatch.blobGet;
import static dev.berth.registry.http.RequestMatch.manifestGet;
import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import dev.berth.registry.Registry;
import dev.berth.registry.http.fault.ActiveFault;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.RegistryExtension;
import dev.berth.registry.junit5.RegistrySeed;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token that has run out in the middle: a client is told so, and gets another one or gives up. */
@RegistryExtension(users = "alice:secret", tokenSeconds = 60, seed = ExpiredCredentialsTest.Base.class)
class ExpiredCredentialsTest {

    @TempDir
    private Path directory;

    static class Base implements RegistrySeed {
        @Override
        public void seed(Registry registry) throws Exception {
            Pushed.BASE.pushTo(registry, "team/base", "1.0");
        }
    }

    @Test
    void theHttpClientSeesAChallenge(RegistryServer server, Faults faults) throws Exception {
        ActiveFault fault = faults.on(manifestGet()).expireCredentials();
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/v2/team/base/manifests/1.0"))
                .header("Authorization", "Bearer whatever")
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer realm=");
        assertThat(answer.body()).contains("UNAUTHORIZED");
        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void jibGetsAnotherToken(RegistryServer server, Faults faults, Journal journal) throws Exception {
        ActiveFault fault = faults.on(blobGet()).times(2).expireCredentials();
        System.setProperty("sendCredentialsOverHttp", "true");
        try {
            Jib.from(image(server, "team/base"))
                    .setEntrypoint("/none")
                    .containerize(Containerizer.to(image(server, "team/app"))
                            .setAllowInsecureRegistries(true)
                            .setBaseImageLayersCache(directory.resolve("base-cache"))
                            .setApplicationLayersCache(directory.resolve("app-cache")));
        } finally {
            System.clearProperty("sendCredentialsOverHttp");
        }

        assertThat(fault.hits()).isEqualTo(2);
        assertThat(journal).pushed("team/app", "1.0");
        assertThat(journal.exchanges(blobGet()))
                .filteredOn(exchange -> exchange.status() == 401)
                .hasSize(2);
    }

    private static RegistryImage image(RegistryServer server, String name) throws Exception {
        return RegistryImage.named(server.address() + "/" + name + ":1.0").addCredential("alice", "secret");
    }

    @Test
    void skopeoGivesUp(RegistryServer server, Faults faults) throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "skopeo"))),
                "skopeo is not installed");
        ActiveFault fault = faults.on(blobGet()).expireCredentials();
        Path output = directory.resolve("output");

        Process process = new ProcessBuilder(
                        "skopeo",
                        "--insecure-policy",
                        "copy",
                        "--src-tls-verify=false",
                        "--src-creds=alice:secret",
                        "docker://" + server.address() + "/team/base:1.0",
                        "oci:copy:1.0")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(output).content().contains("unable to retrieve auth token: invalid username/password: unauthorized");
        assertThat(fault.hits()).isPositive();
    }
}
