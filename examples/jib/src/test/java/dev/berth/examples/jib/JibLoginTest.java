package dev.berth.examples.jib;

import static dev.berth.registry.http.RequestMatch.anyRequest;
import static dev.berth.registry.http.RequestMatch.manifestPut;
import static dev.berth.registry.http.RequestMatch.uploadBegin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.junit5.RegistryAddress;
import dev.berth.registry.junit5.RegistryExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A build tool has to log in, over TLS, and is told when it may not. */
@Timeout(120)
class JibLoginTest {

    @TempDir
    private Path directory;

    @Nested
    @RegistryExtension(users = "alice:secret", tls = true)
    class WithPasswords {

        @Test
        void itPushesAndBuildsUpon(@RegistryAddress String address, Journal journal) throws Exception {
            push(address, "secret");
            buildUpon(address);

            assertThat(journal.exchanges(manifestPut().by("alice"))).hasSize(2);
        }

        @Test
        void aWrongPasswordIsRefused(@RegistryAddress String address, Journal journal) {
            assertThatThrownBy(() -> push(address, "wrong")).isInstanceOf(RegistryUnauthorizedException.class);

            assertThat(journal.exchanges()).hasSizeLessThan(50).noneMatch(exchange -> exchange.status() == 201);
        }
    }

    @Nested
    @RegistryExtension(users = "alice:secret", tls = true, tokenSeconds = 60)
    class WithTokens {

        @Test
        void itPushesAndBuildsUpon(@RegistryAddress String address, Journal journal) throws Exception {
            push(address, "secret");
            buildUpon(address);

            assertThat(journal.exchanges(manifestPut().by("alice"))).hasSize(2);
        }

        @Test
        void aWrongPasswordIsRefused(@RegistryAddress String address, Journal journal) {
            assertThatThrownBy(() -> push(address, "wrong"))
                    .isInstanceOf(RegistryAuthenticationFailedException.class)
                    .hasMessageContaining("wrong user name or password");

            assertThat(journal.exchanges()).hasSizeLessThan(50);
        }

        @Test
        void aTokenThatHasJustExpiredIsReplaced(@RegistryAddress String address, Faults faults, Journal journal)
                throws Exception {
            faults.on(uploadBegin()).once().expireCredentials();

            push(address, "secret");

            assertThat(journal.exchanges(uploadBegin())).anyMatch(exchange -> exchange.status() == 401);
            assertThat(journal.exchanges(manifestPut())).hasSize(1);
        }
    }

    @Nested
    @RegistryExtension(users = "alice:secret", tls = true, tokenSeconds = 60, anonymousPull = true)
    class WithAnonymousPull {

        @Test
        void anybodyBuildsUponWhatAliceHasPushed(@RegistryAddress String address, Faults faults) throws Exception {
            push(address, "secret");
            faults.on(anyRequest()).once().delay(Duration.ofMillis(20));

            Jib.from(RegistryImage.named(address + "/team/base:1.0"))
                    .setEntrypoint("/none")
                    .containerize(containerizer(
                            RegistryImage.named(address + "/team/app:1.0").addCredential("alice", "secret")));
        }

        @Test
        void nobodyElsePushes(@RegistryAddress String address) {
            assertThatThrownBy(() -> Jib.fromScratch()
                            .containerize(containerizer(RegistryImage.named(address + "/team/app:1.0"))))
                    .isInstanceOf(RegistryUnauthorizedException.class);
        }
    }

    private void push(String address, String password) throws Exception {
        Path file = Files.writeString(directory.resolve("hello"), "hello");
        Jib.fromScratch()
                .addLayer(List.of(file), AbsoluteUnixPath.get("/"))
                .containerize(containerizer(
                        RegistryImage.named(address + "/team/base:1.0").addCredential("alice", password)));
    }

    private void buildUpon(String address) throws Exception {
        Jib.from(RegistryImage.named(address + "/team/base:1.0").addCredential("alice", "secret"))
                .setEntrypoint("/none")
                .containerize(containerizer(
                        RegistryImage.named(address + "/team/app:1.0").addCredential("alice", "secret")));
    }

    private Containerizer containerizer(RegistryImage image) {
        return Containerizer.to(image)
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(directory.resolve("base-cache"))
                .setApplicationLayersCache(directory.resolve("app-cache"));
    }
}
