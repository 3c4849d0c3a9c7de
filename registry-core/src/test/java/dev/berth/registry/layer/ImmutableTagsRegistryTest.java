package dev.berth.registry.layer;

import static dev.berth.registry.layer.Content.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImmutableTagsRegistryTest {

    private static final RepositoryName NAME = new RepositoryName("team/app");
    private static final Tag TAG = new Tag("v1");
    private static final Tag LATEST = new Tag("latest");

    private final Registry stored = new StoredRegistry(new MemoryStorage());
    private final Registry registry = new ImmutableTagsRegistry(stored, ImmutableTags.in("team/*", "v*"));
    private final Manifest one = manifest("one");
    private final Manifest two = manifest("two");

    @Test
    void anImmutableTagIsNotMoved() throws IOException {
        registry.putManifest(NAME, one, List.of(TAG));

        assertDenied(() -> registry.putManifest(NAME, two, List.of(TAG)), "cannot be moved");

        assertThat(registry.manifest(NAME, TAG)).contains(one);
        assertThat(registry.manifest(NAME, two.digest()))
                .as("nothing is left behind")
                .isEmpty();
    }

    @Test
    void whatItPointsToCanBePushedAgain() throws IOException {
        registry.putManifest(NAME, one, List.of(TAG));

        registry.putManifest(NAME, one, List.of(TAG, LATEST));

        assertThat(registry.manifest(NAME, LATEST)).contains(one);
    }

    @Test
    void otherTagsMove() throws IOException {
        RepositoryName other = new RepositoryName("other");
        registry.putManifest(NAME, one, List.of(LATEST));
        registry.putManifest(other, one, List.of(TAG));

        registry.putManifest(NAME, two, List.of(LATEST));
        registry.putManifest(other, two, List.of(TAG));

        assertThat(registry.manifest(NAME, LATEST)).contains(two);
        assertThat(registry.manifest(other, TAG)).contains(two);
    }

    @Test
    void oneImmutableTagAmongManyStopsThemAll() throws IOException {
        registry.putManifest(NAME, one, List.of(TAG, LATEST));

        assertDenied(() -> registry.putManifest(NAME, two, List.of(LATEST, TAG)), "v1");

        assertThat(registry.manifest(NAME, LATEST)).contains(one);
    }

    @Test
    void neitherItNorItsManifestIsDeleted() throws IOException {
        registry.putManifest(NAME, one, List.of(TAG, LATEST));

        assertDenied(() -> registry.deleteTag(NAME, TAG), "cannot be deleted");
        assertDenied(() -> registry.deleteManifest(NAME, one.digest()), "cannot be deleted");

        assertThat(registry.manifest(NAME, TAG)).contains(one);
        assertThat(registry.manifest(NAME, LATEST)).contains(one);
        assertThat(registry.deleteTag(NAME, LATEST)).isTrue();
        assertThat(registry.deleteTag(NAME, new Tag("v2")))
                .as("one that is not there")
                .isFalse();
    }

    @Test
    void rulesAddUp() {
        ImmutableTags rules = ImmutableTags.in("a", "!latest").andIn("**", "semver");

        assertThat(rules.contains(new RepositoryName("a"), new Tag("x"))).isTrue();
        assertThat(rules.contains(new RepositoryName("a"), LATEST)).isFalse();
        assertThat(rules.contains(new RepositoryName("b"), new Tag("x"))).isFalse();
        assertThat(rules.contains(new RepositoryName("b"), new Tag("1.0.0"))).isTrue();
        assertThatThrownBy(() -> ImmutableTags.in("A", "*")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofManyPushesAtOnceExactlyOneWins() throws Exception {
        assertOneWins(new MemoryStorage());
    }

    @Test
    void ofManyPushesAtOnceExactlyOneWinsInFiles(@TempDir Path directory) throws Exception {
        try (Storage storage = FileStorage.open(directory, Durability.FAST)) {
            assertOneWins(storage);
        }
    }

    private static void assertOneWins(Storage storage) throws Exception {
        Registry shared = new ImmutableTagsRegistry(new StoredRegistry(storage), ImmutableTags.in("**", "v*"));
        for (int round = 0; round < 20; round++) {
            Tag tag = new Tag("v" + round);
            String name = "round" + round + "-";
            List<Boolean> won = Content.race(50, number -> {
                try {
                    shared.putManifest(NAME, manifest(name + number), List.of(tag));
                    return true;
                } catch (RegistryException e) {
                    return false;
                }
            });

            assertThat(won).containsOnlyOnce(true);
            Digest winner = manifest(name + won.indexOf(true)).digest();
            assertThat(shared.manifest(NAME, tag).orElseThrow().digest()).isEqualTo(winner);
        }
    }

    private static void assertDenied(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                    assertThat(e.status()).isEqualTo(409);
                })
                .hasMessageContaining(message);
    }
}
