package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadId;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.engine.TagHistory;
import dev.berth.registry.engine.VerificationOptions;
import dev.berth.registry.event.Events;
import dev.berth.registry.layer.NotifyingRegistry;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import dev.berth.registry.testkit.powerloss.NotingFileSystem;
import dev.berth.registry.testkit.powerloss.PowerLoss;
import dev.berth.registry.testkit.powerloss.PowerLoss.Fate;
import dev.berth.registry.testkit.powerloss.Remains;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power fails after each single step that a registry takes on the disk, and what is left is opened again: all that was acknowledged is
 * there and whole, and what was going on is either done or not.
 */
class PowerLossTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final RepositoryName COPY = new RepositoryName("copy");
    private static final String ROOT = "srv/registry";
    private static final String HALF = "half of an upload";
    private static final List<String> BLOBS = List.of("config", "layer", "layer 2", "stray", "moved away");
    private static final List<Tag> TAGS = List.of(new Tag("1.0"), new Tag("latest"));

    @TempDir
    private Path directory;

    private final SteppedClock clock = new SteppedClock();
    private final List<Moment> moments = new ArrayList<>();
    private final List<Manifest> manifests = new ArrayList<>();
    private Map<String, String> beforeCollection = Map.of();
    private int collectedFrom;
    private Optional<UploadId> unfinished = Optional.empty();

    /**
     * Something that was done and acknowledged.
     *
     * @param began how many steps on the disk there were before
     * @param ended how many there were then
     * @param seen what everybody could see from then on
     */
    private record Moment(String what, int began, int ended, Map<String, String> seen) {}

    private interface Action {
        void run() throws IOException;
    }

    @Test
    void whatIsAcknowledgedIsThereWheneverPowerFails() throws IOException {
        PowerLoss loss = record();

        for (Fate fate : Fate.values()) {
            Optional<Remains> checked = Optional.empty();
            Map<String, String> seen = Map.of();
            for (int done = 0; done <= loss.steps(); done++) {
                String when = "after step " + done + " of " + loss.steps() + ", " + fate;
                Remains remains = loss.after(done, fate, done);
                // Many steps change nothing of what is left: what is seen of it is the same again.
                if (!checked.equals(Optional.of(remains))) {
                    seen = check(remains, fate, when);
                    checked = Optional.of(remains);
                }
                checkSeen(seen, done, when);
            }
        }
        assertThat(loss.steps()).isGreaterThan(300);
    }

    private PowerLoss record() throws IOException {
        NotingFileSystem disk = NotingFileSystem.of(Files.createDirectory(directory.resolve("disk")));
        try (Storage storage = FileStorage.open(disk.root().resolve(ROOT), Durability.DURABLE)) {
            Registry[] current = new Registry[1];
            StoredRegistry stored = registry(storage);
            Events events = new Events();
            events.subscribe(new TagHistory(storage, 2));
            current[0] = new NotifyingRegistry(stored, events, Clock.systemUTC());
            Recorder recorder = new Recorder(disk, storage, current[0]);
            Pusher pusher = new Pusher(current[0]);

            recorder.done("nothing", () -> {});
            for (String blob : List.of("config", "layer", "layer 2", "stray", "moved away")) {
                recorder.done("push " + blob, () -> pusher.blob("team/app", blob));
            }
            recorder.done("mount", () -> pusher.mount("copy", "layer", "team/app"));
            recorder.done("begin", () -> {
                BlobUpload upload = current[0].beginUpload(APP, DigestAlgorithm.SHA256);
                append(upload, HALF.substring(0, 5));
                unfinished = Optional.of(upload.id());
            });
            recorder.done("image", () -> {
                Manifest image = pusher.image("team/app", List.of("1.0", "latest"), "", "config", "layer");
                manifests.add(image);
            });
            recorder.done("second image", () -> {
                Manifest image = pusher.image("team/app", List.of("latest"), "", "config", "layer 2");
                manifests.add(image);
            });
            recorder.done("same again", () -> pusher.image("team/app", List.of("latest"), "", "config", "layer 2"));
            recorder.done("referrer", () -> manifests.add(pusher.referrer("team/app", manifests.get(0), "config")));
            recorder.done("index", () -> manifests.add(pusher.index("team/app", List.of(), manifests.get(0))));
            recorder.done("push what is there", () -> push(current[0], "layer"));
            recorder.done("cancel", () -> {
                BlobUpload upload = current[0].beginUpload(COPY, DigestAlgorithm.SHA256);
                append(upload, "dropped");
                upload.cancel();
            });
            recorder.done("delete tag", () -> current[0].deleteTag(APP, new Tag("1.0")));
            recorder.done("delete blob", () -> current[0].deleteBlob(COPY, Pusher.digest("layer")));
            recorder.done(
                    "delete image",
                    () -> current[0].deleteManifest(APP, manifests.get(1).digest()));
            recorder.done("quarantine", () -> storage.blobs().quarantine(Pusher.digest("moved away")));
            recorder.done("push what was moved away", () -> push(current[0], "moved away"));
            beforeCollection = moments.get(moments.size() - 1).seen();
            collectedFrom = disk.steps();
            recorder.done("collect", () -> {
                clock.advance(Duration.between(clock.instant(), Instant.now()).plusDays(1));
                stored.collector(CollectionOptions.defaults().withGracePeriod(Duration.ZERO))
                        .collect();
            });
            recorder.done("push again", () -> push(current[0], "stray"));
            assertThat(moments.get(moments.size() - 1).seen())
                    .containsEntry("copy", "")
                    .hasSizeGreaterThan(20);
        }
        return disk.powerLoss();
    }

    private final class Recorder {
        private final NotingFileSystem disk;
        private final Storage storage;
        private final Registry registry;

        Recorder(NotingFileSystem disk, Storage storage, Registry registry) {
            this.disk = disk;
            this.storage = storage;
            this.registry = registry;
        }

        void done(String what, Action action) throws IOException {
            int began = disk.steps();
            action.run();
            int ended = disk.steps();
            moments.add(new Moment(what, began, ended, look(registry, storage)));
        }
    }

    private StoredRegistry registry(Storage storage) {
        return new StoredRegistry(storage, RegistryOptions.defaults().withClock(clock));
    }

    /** All that a client can see, each thing by a name. */
    private Map<String, String> look(Registry registry, Storage storage) throws IOException {
        Map<String, String> seen = new TreeMap<>();
        seen.put("copy", "");
        seen.put("catalog", registry.repositories(Optional.empty(), 10).items().toString());
        for (String text : BLOBS) {
            Digest digest = Pusher.digest(text);
            for (RepositoryName repository : List.of(APP, COPY)) {
                Optional<Blob> blob = registry.blob(repository, digest);
                seen.put(repository + " " + text, blob.isPresent() ? read(blob.get()) : "absent");
            }
        }
        for (Tag tag : TAGS) {
            seen.put(
                    "tag " + tag,
                    registry.manifest(APP, tag).map(Manifest::digest).toString());
            int entries = new TagHistory(storage, 2).of(APP, tag).size();
            seen.put("history " + tag, entries > 0 ? "known" : "none");
        }
        for (Manifest manifest : manifests) {
            Digest digest = manifest.digest();
            seen.put("manifest " + digest, registry.manifest(APP, digest).toString());
            seen.put(
                    "referrers " + digest,
                    registry.referrers(APP, digest, Optional.empty(), Optional.empty(), 10).items().stream()
                            .map(Descriptor::digest)
                            .toList()
                            .toString());
        }
        return seen;
    }

    /** Opens what is left, checks what is so at any time, and gives what is seen. */
    private Map<String, String> check(Remains remains, Fate fate, String when) throws IOException {
        Path left = directory.resolve("left");
        remains.restore(left);
        try (Storage storage = FileStorage.open(left.resolve(ROOT), Durability.FAST)) {
            StoredRegistry registry = registry(storage);
            Map<String, String> seen = look(registry, storage);
            checkWhole(registry, when);
            checkUpload(registry, when);
            if (fate != Fate.CHANCE) {
                return seen;
            }
            registry.collector(CollectionOptions.defaults()
                            .withGracePeriod(Duration.ZERO)
                            .withUploadAge(Duration.ZERO))
                    .collect();
            storage.tidy();
            checkWhole(registry, when + ", collected");
            for (Map.Entry<String, String> entry : look(registry, storage).entrySet()) {
                if (!entry.getKey().startsWith("team/app ") && !entry.getKey().startsWith("copy ")) {
                    assertThat(entry.getValue())
                            .as(entry.getKey() + ", collected " + when)
                            .isEqualTo(seen.get(entry.getKey()));
                }
            }
            return seen;
        }
    }

    private void checkSeen(Map<String, String> seen, int done, String when) {
        int last = -1;
        for (int i = 0; i < moments.size() && moments.get(i).ended() <= done; i++) {
            last = i;
        }
        Map<String, String> before = last < 0 ? Map.of() : moments.get(last).seen();
        Moment next = last + 1 < moments.size() ? moments.get(last + 1) : moments.get(last);
        boolean going = done > next.began() && next.ended() > done;
        seen.forEach((name, value) -> {
            String old = before.getOrDefault(name, value);
            if (done > collectedFrom && name.matches("(team/app|copy) .*")) {
                // A power cut may undo the removal of garbage.
                old = value.equals(beforeCollection.get(name)) ? value : old;
            }
            assertThat(value)
                    .as("%s %s; done: %s, %s: %s", name, when, last(before), going ? "going on" : "next", next.what())
                    .isIn(old, going ? next.seen().getOrDefault(name, old) : old);
        });
    }

    private String last(Map<String, String> seen) {
        return moments.stream()
                .filter(moment -> moment.seen() == seen)
                .map(Moment::what)
                .findAny()
                .orElse("nothing");
    }

    private static void checkWhole(StoredRegistry registry, String when) throws IOException {
        assertThat(registry.verifier(VerificationOptions.defaults()).verify().found())
                .as("damage %s", when)
                .isEmpty();
    }

    /** What was begun can be gone on with, or has to be begun again; what comes of it is whole. */
    private void checkUpload(StoredRegistry registry, String when) throws IOException {
        Optional<BlobUpload> upload =
                unfinished.isPresent() ? registry.resumeUpload(APP, unfinished.get()) : Optional.empty();
        boolean committed = false;
        if (upload.isPresent()) {
            long size = upload.get().size();
            assertThat(size).as("size of the upload %s", when).isBetween(0L, 5L);
            append(upload.get(), HALF.substring((int) size));
            try {
                upload.get().commit(Pusher.digest(HALF));
                committed = true;
            } catch (RegistryException e) {
                assertThat(registry.resumeUpload(APP, unfinished.get())).isEmpty();
            }
        }
        if (!committed) {
            push(registry, HALF);
        }
        assertThat(read(registry.blob(APP, Pusher.digest(HALF)).orElseThrow())).isEqualTo(HALF);
    }

    private static void push(Registry registry, String content) throws IOException {
        BlobUpload upload = registry.beginUpload(APP, DigestAlgorithm.SHA256);
        append(upload, content);
        upload.commit(Pusher.digest(content));
    }

    private static void append(BlobUpload upload, String content) throws IOException {
        try (BlobWriter writer = upload.append()) {
            writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String read(Blob blob) throws IOException {
        try (BlobContent content = blob.open()) {
            ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
            content.read(bytes, 0);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }
}
