package dev.berth.registry.engine;

import static dev.berth.registry.layer.Content.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.Origin;
import dev.berth.registry.layer.Content;
import dev.berth.registry.layer.NotifyingRegistry;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagHistoryTest {

    private static final RepositoryName NAME = new RepositoryName("team/app");
    private static final Tag TAG = new Tag("1.0");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");

    private final Storage storage = new MemoryStorage();
    private final TagHistory history = new TagHistory(storage, 100);
    private final Events events = new Events();
    private final NotifyingRegistry registry =
            new NotifyingRegistry(new StoredRegistry(storage), events, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Manifest one = manifest("one");
    private final Manifest two = manifest("two");

    @Test
    void everyChangeIsKeptWithWhoAndWhen() throws IOException {
        events.subscribe(history);

        registry.onBehalfOf(Origin.of("alice")).putManifest(NAME, one, List.of(TAG));
        registry.onBehalfOf(Origin.of("bob \n b")).putManifest(NAME, two, List.of(TAG));
        registry.putManifest(NAME, two, List.of(TAG));
        registry.deleteTag(NAME, TAG);

        Optional<Digest> first = Optional.of(one.digest());
        Optional<Digest> second = Optional.of(two.digest());
        assertThat(history.of(NAME, TAG))
                .containsExactly(
                        new TagHistory.Entry(NOW.plusNanos(2), second, Optional.empty(), Optional.empty()),
                        new TagHistory.Entry(NOW.plusNanos(1), first, second, Optional.of("bob ? b")),
                        new TagHistory.Entry(NOW, Optional.empty(), first, Optional.of("alice")));
        assertThat(history.of(NAME, new Tag("other"))).isEmpty();
    }

    @Test
    void theOldestChangesGo() throws IOException {
        TagHistory brief = new TagHistory(storage, 3);
        events.subscribe(brief);

        for (int i = 0; i < 10; i++) {
            registry.putManifest(NAME, manifest("m" + i), List.of(TAG));
            registry.deleteManifest(NAME, manifest("m" + i).digest());
        }

        assertThat(brief.of(NAME, TAG))
                .hasSize(3)
                .first()
                .matches(entry -> entry.to().isEmpty());
    }

    @Test
    void manyChangesAtOnceMakeAChain() throws Exception {
        events.subscribe(history);

        Content.race(8, number -> {
            registry.putManifest(NAME, manifest("m" + number), List.of(TAG));
            return null;
        });

        List<TagHistory.Entry> entries = history.of(NAME, TAG);
        assertThat(entries).hasSize(8);
        for (int i = 0; i < 7; i++) {
            assertThat(entries.get(i).from()).isEqualTo(entries.get(i + 1).to());
        }
        assertThat(entries.get(0).to()).isEqualTo(registry.manifest(NAME, TAG).map(Manifest::digest));
    }

    /** As Docker's registry leaves it behind: the links, and their times. */
    @Test
    void withoutAHistoryTheLinksTellWhatIsKnown(@TempDir Path directory) throws IOException {
        try (Storage files = FileStorage.open(directory, Durability.FAST)) {
            StoredRegistry plain = new StoredRegistry(files);
            plain.putManifest(NAME, one, List.of(TAG));
            plain.putManifest(NAME, two, List.of(TAG));
            Path index = directory.resolve("docker/registry/v2/repositories/team/app/_manifests/tags/1.0/index/sha256");
            Instant earlier = Instant.parse("2025-05-05T05:05:05Z");
            Instant later = Instant.parse("2025-06-06T06:06:06Z");
            Files.setLastModifiedTime(index.resolve(one.digest().hex() + "/link"), FileTime.from(earlier));
            Files.setLastModifiedTime(index.resolve(two.digest().hex() + "/link"), FileTime.from(later));

            assertThat(new TagHistory(files, 10).of(NAME, TAG))
                    .containsExactly(
                            new TagHistory.Entry(later, Optional.empty(), Optional.of(two.digest()), Optional.empty()),
                            new TagHistory.Entry(
                                    earlier, Optional.empty(), Optional.of(one.digest()), Optional.empty()));
        }
    }

    @Test
    void whatIsNoHistoryIsPassedOver() throws IOException {
        events.subscribe(history);
        storage.metadata().put("repositories/team/app/_history/1.0/000000000001.000000000", new byte[] {1});
        storage.metadata().put("repositories/team/app/_history/1.0/readme", "a b c".getBytes("UTF-8"));

        registry.putManifest(NAME, one, List.of(TAG));

        assertThat(history.of(NAME, TAG)).hasSize(1);
        assertThatThrownBy(() -> new TagHistory(storage, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
