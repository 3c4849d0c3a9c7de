package dev.berth.examples.jib;

import static dev.berth.registry.http.RequestMatch.blobHead;
import static dev.berth.registry.http.RequestMatch.manifestPut;
import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.image.Image;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.RegistryAddress;
import dev.berth.registry.junit5.RegistryExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build tool does when the registry is not at its best. */
class JibRetryTest {

    @TempDir
    private Path directory;

    @Nested
    @RegistryExtension
    class WithFaults {

        @Test
        void aResetIsRetried(RegistryServer server, @RegistryAddress String address, Faults faults, Journal journal)
                throws Exception {
            Image base = Image.random(1, 10_000).pushTo(server.registry(), "team/base", "1.0");
            faults.on(blobHead().in("team/app")).once().reset();
            faults.on(manifestPut()).once().reset();

            build(address);

            assertThat(journal).sentRequests(2, manifestPut()).pushed("team/app", "1.0");
            assertThat(server)
                    .repository("team/app")
                    .hasTag("1.0")
                    .image()
                    .isBuiltUpon(base)
                    .hasEntrypoint("/none");
        }
    }

    @Nested
    @RegistryExtension(images = "team/base:1.0", legalChaos = true)
    class WithChaos {

        /** Another seed each time; a failure says which, so that it can be had again. */
        @Test
        void noHabitOfARegistryIsReliedUpon(RegistryServer server, @RegistryAddress String address) throws Exception {
            build(address);

            assertThat(server).repository("team/app").hasTag("1.0").image().hasEntrypoint("/none");
        }
    }

    private void build(String address) throws Exception {
        Jib.from(RegistryImage.named(address + "/team/base:1.0"))
                .setEntrypoint("/none")
                .containerize(Containerizer.to(RegistryImage.named(address + "/team/app:1.0"))
                        .setAllowInsecureRegistries(true)
                        .setBaseImageLayersCache(directory.resolve("base-cache"))
                        .setApplicationLayersCache(directory.resolve("app-cache")));
    }
}
