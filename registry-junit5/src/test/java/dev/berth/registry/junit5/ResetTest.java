package dev.berth.registry.junit5;

import static dev.berth.registry.http.RequestMatch.anyRequest;
import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that share a registry, and find it as if they did not. */
class ResetTest {

    @Test
    void eachTestFindsWhatTheFirstOneFound() {
        SampleRun.of(Shared.class).succeeded(5);
        SampleRun.of(InCode.class).succeeded(2);
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS, reset = true, images = "team/app:1.0")
    static class Shared {
        @BeforeAll
        static void push(Registry registry) throws Exception {
            Image.random(1, 10).pushTo(registry, "team/base", "1.0");
        }

        @RepeatedTest(3)
        void test(RegistryServer server, Journal journal, Faults faults) throws Exception {
            assertThat(journal.exchanges()).isEmpty();
            assertThat(faults.active()).isEmpty();
            assertThat(server).hasExactlyRepositories("team/app", "team/base");
            assertThat(server).repository("team/app").hasExactlyTags("1.0");

            Image.random(2, 10).pushTo(RemoteRegistry.at(server.uri()), "team/app", "2.0");
            server.registry().deleteTag(new RepositoryName("team/base"), new Tag("1.0"));
            faults.on(anyRequest()).status(500);
        }

        @Nested
        class Inside {
            @RepeatedTest(2)
            void test(Registry registry) throws Exception {
                assertThat(registry).repository("team/base").hasExactlyTags("1.0");
                registry.deleteTag(new RepositoryName("team/base"), new Tag("1.0"));
            }
        }
    }

    static class InCode {
        @RegisterExtension
        static final RegistryJUnitExtension REGISTRY = RegistryJUnitExtension.builder()
                .scope(RegistryScope.PER_CLASS)
                .reset()
                .build();

        @RepeatedTest(2)
        void test() throws Exception {
            assertThat(REGISTRY.registry()).isEmpty();
            Image.random(2, 10).pushTo(REGISTRY.registry(), "team/app", "2.0");
        }
    }

    @Test
    void whatCannotBePutBackIsSaid() {
        assertThat(failure(EachItsOwn.class)).contains("reset goes with the scope PER_CLASS");
        assertThat(failure(InFiles.class)).contains("keeps its content in files");
    }

    private static String failure(Class<?> sample) {
        return String.valueOf(SampleRun.of(sample).failed(1).failures().get(0).getMessage());
    }

    @RegistryExtension(reset = true)
    static class EachItsOwn {
        @Test
        void test() {}
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS, reset = true, storage = RegistryStorage.DIRECTORY)
    static class InFiles {
        @Test
        void test() {}
    }
}
