package dev.berth.examples.jib.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import dev.berth.registry.Registry;
import dev.berth.registry.http.fault.ActiveFault;
import dev.berth.registry.http.fault.Fault;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.image.archive.OciLayout;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.RegistryExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault is what it claims to be: the JDK's HTTP client, Jib and skopeo say so in their own words. */
@RegistryExtension
class SeenFaultsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void theHttpClientSeesIt(SeenFault seen, RegistryServer server, Faults faults) throws Exception {
        ActiveFault fault = begin(seen, server, faults);
        PlainClient client = new PlainClient(server.uri(), seen.patience());

        String told = seen.isOfPush() ? client.push() : client.pull();

        assertTold(told, fault, seen.jdk());
    }

    @ParameterizedTest
    @EnumSource
    void jibSeesIt(SeenFault seen, RegistryServer server, Faults faults) throws Exception {
        ActiveFault fault = begin(seen, server, faults);
        seen.patience().ifPresent(p -> System.setProperty("jib.httpTimeout", Long.toString(p.toMillis())));
        String told;
        try {
            Jib.from(RegistryImage.named(server.address() + "/team/base:1.0"))
                    .setEntrypoint("/none")
                    .containerize(Containerizer.to(RegistryImage.named(server.address() + "/team/app:1.0"))
                            .setAllowInsecureRegistries(true)
                            .setBaseImageLayersCache(directory.resolve("base-cache"))
                            .setApplicationLayersCache(directory.resolve("app-cache")));
            told = "ok";
        } catch (Exception e) { // Jib throws what its tasks threw
            told = Causes.of(e);
        } finally {
            System.clearProperty("jib.httpTimeout");
        }

        assertTold(told, fault, seen.jib());
    }

    @ParameterizedTest
    @EnumSource
    void skopeoSeesIt(SeenFault seen, RegistryServer server, Faults faults) throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "skopeo"))),
                "skopeo is not installed");
        ActiveFault fault = begin(seen, server, faults);
        OciLayout.at(directory.resolve("layout")).add(Pushed.APP, "1.0");
        String registry = "docker://" + server.address();
        List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
        seen.patience().ifPresent(p -> command.addAll(List.of("--command-timeout", p.toMillis() + "ms")));
        command.addAll(
                seen.isOfPush()
                        ? List.of("copy", "--dest-tls-verify=false", "oci:layout:1.0", registry + "/team/app:1.0")
                        : List.of("copy", "--src-tls-verify=false", registry + "/team/base:1.0", "oci:copy:1.0"));

        String told = run(command);
        if (told.equals("ok") && !seen.isOfPush()) {
            told += " " + OciLayout.at(directory.resolve("copy")).image("1.0").digest();
        }

        assertTold(told, fault, seen.skopeo());
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        return process.exitValue() == 0 ? "ok" : "exit " + process.exitValue() + " " + Files.readString(output);
    }

    private static ActiveFault begin(SeenFault seen, RegistryServer server, Faults faults) throws IOException {
        Registry through = RemoteRegistry.at(server.uri());
        Pushed.BEFORE.pushTo(through, "team/base", "1.0");
        Pushed.BASE.pushTo(through, "team/base", "1.0");
        return seen.begin(faults);
    }

    private static void assertTold(String told, ActiveFault fault, String expected) {
        String line = Pushed.named(told).replace('\n', ' ').strip() + " hit " + fault.hits();
        assertThat(fault.hits()).as(line).isPositive();
        assertThat(line).matches(Pattern.compile(expected.startsWith("ok") ? expected : ".*" + expected));
    }

    @Test
    void noFaultIsLeftOut() {
        Set<Class<?>> seen = new HashSet<>();
        for (SeenFault fault : EnumSet.allOf(SeenFault.class)) {
            seen.add(fault.begin(new Faults()).fault().getClass());
        }
        // Without logins there are no credentials to lose: ExpiredCredentialsTest.
        seen.add(Fault.LostCredentials.class);

        assertThat(seen).containsExactlyInAnyOrder(Fault.class.getPermittedSubclasses());
    }
}
