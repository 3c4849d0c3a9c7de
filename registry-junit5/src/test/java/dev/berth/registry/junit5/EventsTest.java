package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.RegistryEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsTest {

    private static final Manifest MANIFEST = Manifest.parse(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"
                    .getBytes(StandardCharsets.UTF_8),
            Optional.empty(),
            DigestAlgorithm.SHA256);

    @Test
    void aTestIsToldWhatHappensInItsRegistry() {
        SampleRun.of(Listening.class).succeeded(1);
        SampleRun.of(InCode.class).succeeded(1);
    }

    @RegistryExtension
    static class Listening {

        @Test
        void listens(Events events, Registry registry) throws Exception {
            List<RegistryEvent> told = new ArrayList<>();
            events.subscribe(told::add);

            registry.putManifest(new RepositoryName("team/app"), MANIFEST, List.of(new Tag("1.0")));

            assertThat(told).hasSize(2);
            assertThat(told.get(0))
                    .isInstanceOfSatisfying(
                            RegistryEvent.TagMoved.class,
                            moved -> assertThat(moved.to()).isEqualTo(digest()));
        }

        private static Digest digest() {
            return MANIFEST.digest();
        }
    }

    static class InCode {

        @RegisterExtension
        final RegistryJUnitExtension extension =
                RegistryJUnitExtension.builder().build();

        @Test
        void listens() {
            assertThat(extension.events()).isSameAs(extension.server().events());
        }
    }
}
