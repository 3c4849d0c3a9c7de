package dev.berth.registry.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Page;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Registry} does: one over a storage, one with layers around it, one that is somewhere else. Whoever writes
 * one extends this; {@link #registry()} is asked once for each test and gives an empty one.
 */
public abstract class RegistryContract {

    private static final RepositoryName NAME = new RepositoryName("team/app");
    private static final Tag TAG = new Tag("1.0");

    /** A registry without content, the same one for as long as a test runs. */
    protected abstract Registry registry() throws IOException;

    @Test
    void whatIsUploadedIsThere() throws IOException {
        Digest digest = push("hello");

        Blob blob = registry().blob(NAME, digest).orElseThrow();

        assertThat(blob.descriptor().digest()).isEqualTo(digest);
        assertThat(blob.descriptor().size()).isEqualTo(5);
        assertThat(read(blob)).isEqualTo("hello");
        assertThat(registry().blob(new RepositoryName("other"), digest)).isEmpty();
    }

    @Test
    void anUploadIsFoundByItsIdInItsRepository() throws IOException {
        BlobUpload upload = registry().beginUpload(NAME, DigestAlgorithm.SHA256);
        write(upload, "hel");

        BlobUpload found = registry().resumeUpload(NAME, upload.id()).orElseThrow();
        assertThat(found.size()).isEqualTo(3);
        write(found, "lo");
        found.commit(digest("hello"));

        assertThat(registry().blob(NAME, digest("hello"))).isPresent();
        assertThat(registry().resumeUpload(NAME, upload.id())).isEmpty();
        assertThat(registry().resumeUpload(new RepositoryName("other"), upload.id()))
                .isEmpty();
    }

    @Test
    void aMountMakesABlobPartOfARepository() throws IOException {
        Digest digest = push("hello");
        RepositoryName other = new RepositoryName("other");

        assertThat(registry().mountBlob(other, digest, Optional.of(new RepositoryName("empty"))))
                .isEmpty();
        assertThat(registry().mountBlob(other, digest, Optional.of(NAME))).isPresent();
        registry().deleteBlob(NAME, digest);

        assertThat(read(registry().blob(other, digest).orElseThrow())).isEqualTo("hello");
        assertThat(registry().mountBlob(new RepositoryName("third"), digest, Optional.empty()))
                .as("wherever it is")
                .isPresent();
    }

    @Test
    void aBlobIsDeletedOnce() throws IOException {
        Digest digest = push("hello");

        assertThat(registry().deleteBlob(NAME, digest)).isTrue();
        assertThat(registry().deleteBlob(NAME, digest)).isFalse();
        assertThat(registry().blob(NAME, digest)).isEmpty();
    }

    @Test
    void aManifestIsFoundByDigestAndByEachOfItsTags() throws IOException {
        Manifest manifest = image("one");

        registry().putManifest(NAME, manifest, List.of(TAG, new Tag("latest")));

        assertThat(registry().manifest(NAME, manifest.digest())).contains(manifest);
        assertThat(registry().manifest(NAME, TAG)).contains(manifest);
        assertThat(registry().manifest(NAME, new Tag("latest")).orElseThrow().content())
                .isEqualTo(manifest.content());
        assertThat(registry().manifest(NAME, new Tag("other"))).isEmpty();
        assertThat(registry().manifest(new RepositoryName("other"), manifest.digest()))
                .isEmpty();
    }

    @Test
    void whatIsMissingIsNamed() {
        Manifest manifest = manifest(digest("missing"), "");

        assertThatThrownBy(() -> registry().putManifest(NAME, manifest, List.of(TAG)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN))
                .hasMessageContaining(digest("missing").toString());
    }

    @Test
    void aDeletedManifestTakesItsTagsAlongAndNoOthers() throws IOException {
        Manifest first = image("one");
        Manifest second = image("two");
        registry().putManifest(NAME, first, List.of(TAG, new Tag("a")));
        registry().putManifest(NAME, second, List.of(new Tag("a"), new Tag("b")));

        assertThat(registry().deleteManifest(NAME, first.digest())).isTrue();

        assertThat(registry().deleteManifest(NAME, first.digest())).isFalse();
        assertThat(tags()).containsExactly("a", "b");
        assertThat(registry().manifest(NAME, new Tag("a"))).contains(second);
    }

    @Test
    void aDeletedTagLeavesItsManifest() throws IOException {
        Manifest manifest = image("one");
        registry().putManifest(NAME, manifest, List.of(TAG));

        assertThat(registry().deleteTag(NAME, TAG)).isTrue();
        assertThat(registry().deleteTag(NAME, TAG)).isFalse();

        assertThat(tags()).isEmpty();
        assertThat(registry().manifest(NAME, manifest.digest())).isPresent();
    }

    @Test
    void aManifestPushedAgainIsBack() throws IOException {
        Manifest manifest = image("one");
        registry().putManifest(NAME, manifest, List.of(TAG));
        registry().deleteManifest(NAME, manifest.digest());

        registry().putManifest(NAME, manifest, List.of(TAG));

        assertThat(registry().manifest(NAME, TAG)).contains(manifest);
    }

    @Test
    void listsComeInOrderAndInPages() throws IOException {
        List<String> names = List.of("a", "a-b", "a/b", "a/b/c", "ab", "b");
        for (String name : names) {
            RepositoryName repository = new RepositoryName(name);
            push(repository, "{}");
            registry().putManifest(repository, manifest(digest("{}"), ""), List.of(TAG));
        }

        List<String> listed = new ArrayList<>();
        Optional<String> after = Optional.empty();
        Page<RepositoryName> page;
        do {
            page = registry().repositories(after, 2);
            page.items().forEach(name -> listed.add(name.value()));
            after = Optional.of(listed.get(listed.size() - 1));
        } while (page.more());

        assertThat(listed).isEqualTo(names);
        assertThat(registry().tags(new RepositoryName("nowhere"), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void referrersAreFoundByTheirSubject() throws IOException {
        Manifest subject = image("subject");
        registry().putManifest(NAME, subject, List.of());
        List<Digest> pushed = new ArrayList<>();
        for (String type : List.of("application/a", "application/b", "application/a+b")) {
            Manifest referrer = manifest(
                    push("{}"),
                    ",\"artifactType\":\"" + type + "\",\"subject\":{\"mediaType\":\"" + subject.mediaType()
                            + "\",\"digest\":\"" + subject.digest() + "\",\"size\":1}");
            registry().putManifest(NAME, referrer, List.of());
            pushed.add(referrer.digest());
        }

        assertThat(referrers(subject, Optional.empty())).containsExactlyInAnyOrderElementsOf(pushed);
        assertThat(referrers(subject, Optional.of("application/b"))).containsExactly(pushed.get(1));
        registry().deleteManifest(NAME, pushed.get(1));
        assertThat(referrers(subject, Optional.of("application/b"))).isEmpty();
        assertThat(referrers(subject, Optional.empty())).hasSize(2);
    }

    /** Threads push, move, delete and read at random; whatever they find has to be whole. */
    @Test
    void whateverHappensAtOnceATagLeadsToAWholeManifest() throws Exception {
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            manifests.add(image("m" + i));
        }
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Random random = new Random(seed + i);
                running.add(threads.submit(() -> {
                    for (int step = 0; step < 150; step++) {
                        act(random, manifests);
                    }
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        for (String tag : tags()) {
            assertThat(registry().manifest(NAME, new Tag(tag)))
                    .as("%s leads somewhere (seed %d)", tag, seed)
                    .isPresent();
        }
    }

    private void act(Random random, List<Manifest> manifests) throws IOException {
        Manifest manifest = manifests.get(random.nextInt(manifests.size()));
        Tag tag = new Tag("t" + random.nextInt(4));
        switch (random.nextInt(5)) {
            case 0, 1 -> registry().putManifest(NAME, manifest, List.of(tag));
            case 2 -> registry().deleteTag(NAME, tag);
            case 3 -> registry().deleteManifest(NAME, manifest.digest());
            default -> {
                Optional<Manifest> found = registry().manifest(NAME, tag);
                if (found.isPresent()) {
                    assertThat(manifests).contains(found.get());
                }
            }
        }
    }

    private List<String> tags() throws IOException {
        return registry().tags(NAME, Optional.empty(), 100).map(Page::items).orElse(List.of()).stream()
                .map(Tag::value)
                .toList();
    }

    private List<Digest> referrers(Manifest subject, Optional<String> type) throws IOException {
        return registry().referrers(NAME, subject.digest(), type, Optional.empty(), 100).items().stream()
                .map(Descriptor::digest)
                .toList();
    }

    private Manifest image(String seed) throws IOException {
        return manifest(push("{\"seed\":\"" + seed + "\"}"), "");
    }

    private static Manifest manifest(Digest config, String more) {
        String json = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},"layers":[]%s}""".formatted(config, more);
        return Manifest.parse(json.getBytes(StandardCharsets.UTF_8), Optional.empty(), DigestAlgorithm.SHA256);
    }

    private Digest push(String content) throws IOException {
        return push(NAME, content);
    }

    private Digest push(RepositoryName repository, String content) throws IOException {
        BlobUpload upload = registry().beginUpload(repository, DigestAlgorithm.SHA256);
        write(upload, content);
        return upload.commit(digest(content)).digest();
    }

    private static void write(BlobUpload upload, String content) throws IOException {
        try (BlobWriter writer = upload.append()) {
            writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Digest digest(String content) {
        return Digest.of(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Blob blob) throws IOException {
        try (BlobContent content = blob.open()) {
            ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
            while (bytes.hasRemaining()) {
                assertThat(content.read(bytes, bytes.position())).isPositive();
            }
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }
}
