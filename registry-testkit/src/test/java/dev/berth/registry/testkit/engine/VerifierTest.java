package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.Damage;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.engine.VerificationListener;
import dev.berth.registry.engine.VerificationOptions;
import dev.berth.registry.engine.VerificationProgress;
import dev.berth.registry.engine.VerificationReport;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage of every kind is found, and what goes on meanwhile is none. */
class VerifierTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final VerificationOptions OPTIONS = VerificationOptions.defaults();

    @TempDir
    private Path root;

    private Storage storage;
    private StoredRegistry registry;
    private Pusher pusher;
    private Manifest image;
    private Manifest index;

    @BeforeEach
    void push() throws IOException {
        open();
        pusher.blob("team/app", "config");
        pusher.blob("team/app", "layer");
        image = pusher.image("team/app", List.of("1.0"), "", "config", "layer");
        index = pusher.index("team/app", List.of("latest"), image);
    }

    private void open() throws IOException {
        storage = FileStorage.open(root, Durability.FAST);
        registry = new StoredRegistry(storage);
        pusher = new Pusher(registry);
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @Test
    void whatIsWholeIsClean() throws IOException {
        VerificationReport report = registry.verifier(OPTIONS).verify();

        assertThat(report.clean()).isTrue();
        assertThat(report.found()).isEmpty();
        assertThat(report.blobs()).isEqualTo(4);
        assertThat(report.bytes())
                .isEqualTo(image.descriptor().size() + index.descriptor().size() + "configlayer".length());
        assertThat(report.repositories()).isEqualTo(1);
        assertThat(report.manifests()).isEqualTo(2);
        assertThat(report.tags()).isEqualTo(2);
        assertThat(report.cancelled()).isFalse();
    }

    @Test
    void bytesThatAreOthersAreFoundAndWhoNeedsThem() throws IOException {
        Digest layer = Pusher.digest("layer");
        Files.writeString(blob(layer), "LAYER");

        assertThat(verify(OPTIONS))
                .containsExactly(
                        new Damage.AlteredBlob(layer, 5, Pusher.digest("LAYER"), Optional.empty()),
                        new Damage.DamagedReference(
                                APP, image.digest(), image.layers().get(0)));
        assertThat(blob(layer)).hasContent("LAYER");
    }

    @Test
    void whatIsMovedAwayIsHealedByPushingItAgain() throws IOException {
        Digest layer = Pusher.digest("layer");
        Files.writeString(blob(layer), "LAYER");

        List<Damage> damages = verify(OPTIONS.withQuarantine());

        assertThat(damages).hasSize(2);
        Damage.AlteredBlob altered = (Damage.AlteredBlob) damages.get(0);
        assertThat(Path.of(altered.quarantine().orElseThrow())).hasContent("LAYER");
        assertThat(damages.get(1)).isInstanceOf(Damage.MissingReference.class);
        assertThat(registry.blob(APP, layer)).isEmpty();
        pusher.blob("team/app", "layer");
        assertThat(verify(OPTIONS)).isEmpty();
    }

    @Test
    void aManifestThatIsMovedAwayIsNotServedFromMemory() throws IOException {
        assertThat(registry.manifest(APP, new Tag("1.0"))).isPresent();
        Files.writeString(blob(image.digest()), "{}");

        List<Damage> damages = verify(OPTIONS.withQuarantine());

        assertThat(damages)
                .hasAtLeastOneElementOfType(Damage.AlteredBlob.class)
                .contains(new Damage.MissingManifest(APP, image.digest()));
        assertThat(registry.manifest(APP, new Tag("1.0"))).isEmpty();
        pusher.image("team/app", List.of("1.0"), "", "config", "layer");
        assertThat(verify(OPTIONS)).isEmpty();
        assertThat(registry.manifest(APP, new Tag("1.0"))).contains(image);
    }

    @Test
    void aPushHealsAlsoWhatNobodyHasMovedAway() throws IOException {
        Files.writeString(blob(Pusher.digest("layer")), "LAYER");
        Files.writeString(
                blob(image.digest()), "{}" + " ".repeat((int) image.descriptor().size() - 2));

        registry.deleteBlob(APP, Pusher.digest("layer"));
        pusher.blob("team/app", "layer");
        pusher.image("team/app", List.of("1.0"), "", "config", "layer");

        assertThat(verify(OPTIONS)).isEmpty();
    }

    @Test
    void aManifestWithOtherBytesIsNotServed() throws IOException {
        String other = new String(bytes(image), StandardCharsets.UTF_8).replace("\"note\":\"\"", "\"none\":\"\"");
        Files.writeString(blob(image.digest()), other);
        storage.close();
        open();

        assertThatThrownBy(() -> registry.manifest(APP, new Tag("1.0")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another digest");
    }

    @Test
    void bytesThatAreMissingAreFound() throws IOException {
        Files.delete(blob(Pusher.digest("config")));
        Files.delete(blob(index.digest()));

        assertThat(verify(OPTIONS))
                .containsExactlyInAnyOrder(
                        new Damage.MissingReference(
                                APP, image.digest(), image.config().orElseThrow()),
                        new Damage.MissingManifest(APP, index.digest()));
    }

    @Test
    void bytesThatAreNoManifestAreFound() throws IOException {
        Files.writeString(blob(image.digest()), "no JSON");

        assertThat(verify(OPTIONS))
                .hasSize(3)
                .hasAtLeastOneElementOfType(Damage.BrokenManifest.class)
                .hasAtLeastOneElementOfType(Damage.AlteredBlob.class)
                .contains(new Damage.DamagedReference(
                        APP, index.digest(), index.manifests().get(0)));
    }

    @Test
    void tagsThatLeadNowhereAreFound() throws IOException {
        Digest nothing = Pusher.digest("nothing");
        storage.metadata().put("repositories/team/app/_manifests/tags/lost/current/link", bytes(nothing.toString()));
        storage.metadata().put("repositories/team/app/_manifests/tags/empty/current/link", new byte[0]);

        assertThat(verify(OPTIONS))
                .containsExactly(
                        new Damage.BrokenLink("repositories/team/app/_manifests/tags/empty/current/link"),
                        new Damage.DanglingTag(APP, new Tag("lost"), nothing));
    }

    @Test
    void anIndexMayBeSparseIfThatIsSaid() throws IOException {
        registry.deleteManifest(APP, image.digest());

        assertThat(verify(OPTIONS))
                .containsExactly(new Damage.MissingReference(
                        APP, index.digest(), index.manifests().get(0)));
        assertThat(verify(OPTIONS.withSparseIndexes())).isEmpty();
    }

    @Test
    void aSizeThatAManifestHasWrongIsFound() throws IOException {
        Path other = blob(Pusher.digest("config"));
        storage.metadata()
                .put(
                        "repositories/team/app/_layers/sha256/"
                                + Pusher.digest("config").hex() + "/link",
                        bytes(Pusher.digest("layer").toString()));

        assertThat(other).exists();
        assertThat(verify(OPTIONS))
                .containsExactly(
                        new Damage.WrongSize(APP, image.digest(), image.config().orElseThrow(), 5));
    }

    @Test
    void whatIsDeletedMeanwhileIsNoDamage() throws IOException {
        VerificationListener deleting = new VerificationListener() {
            @Override
            public void progress(VerificationProgress progress) {
                try {
                    if (progress.phase() == VerificationProgress.Phase.BLOBS) {
                        registry.deleteManifest(APP, index.digest());
                        Files.delete(blob(index.digest()));
                    } else if (progress.phase() == VerificationProgress.Phase.REPOSITORIES) {
                        registry.deleteManifest(APP, image.digest());
                        Files.delete(blob(Pusher.digest("layer")));
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };

        VerificationReport report = registry.verifier(OPTIONS).verify(deleting, () -> false);

        assertThat(report.found()).isEmpty();
        assertThat(report.blobs()).isEqualTo(3);
    }

    @Test
    void anotherProcessMayWriteMeanwhile() throws IOException {
        try (Storage reader = FileStorage.openForReading(root)) {
            assertThat(new StoredRegistry(reader).verifier(OPTIONS).verify().clean())
                    .isTrue();
        }
    }

    @Test
    void itSaysHowFarItIsAndEndsWhenToldTo() throws IOException {
        List<VerificationProgress> seen = new ArrayList<>();
        VerificationListener listener = new VerificationListener() {
            @Override
            public void progress(VerificationProgress progress) {
                seen.add(progress);
            }
        };

        registry.verifier(OPTIONS).verify(listener, () -> false);
        VerificationReport cancelled = registry.verifier(OPTIONS).verify(VerificationListener.none(), () -> true);

        assertThat(seen.stream().map(VerificationProgress::phase)).containsExactly(VerificationProgress.Phase.values());
        VerificationProgress end = seen.get(seen.size() - 1);
        assertThat(end.blobs()).isEqualTo(end.allBlobs()).isEqualTo(4);
        assertThat(end.bytes()).isEqualTo(end.allBytes());
        assertThat(end.repositories()).isEqualTo(end.allRepositories()).isEqualTo(1);
        assertThat(cancelled.cancelled()).isTrue();
        assertThat(cancelled.blobs()).isZero();
    }

    private List<Damage> verify(VerificationOptions options) throws IOException {
        List<Damage> told = new ArrayList<>();
        VerificationListener listener = new VerificationListener() {
            @Override
            public void damaged(Damage damage) {
                told.add(damage);
            }
        };
        VerificationReport report = registry.verifier(options).verify(listener, () -> false);
        assertThat(report.found()).isEqualTo(told);
        assertThat(report.damages()).isEqualTo(told.size());
        assertThat(told).allSatisfy(damage -> assertThat(damage.message()).isNotBlank());
        return told;
    }

    private Path blob(Digest digest) {
        return root.resolve(
                "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
    }

    private static byte[] bytes(Manifest manifest) {
        byte[] bytes = new byte[(int) manifest.descriptor().size()];
        manifest.content().get(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
