package dev.berth.benchmarks;

import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A directory as Docker's registry leaves it after years, written without a registry: images of {@link #LAYERS} small blobs each
 * in many repositories. Every second image has lost its tag.
 */
final class GeneratedRegistry {

    /** The configuration among them. */
    static final int LAYERS = 10;

    static final int IMAGES_IN_A_REPOSITORY = 500;

    private final FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(100)));
    private final Path top;
    private final Set<Path> made = ConcurrentHashMap.newKeySet();

    private GeneratedRegistry(Path directory) {
        top = directory.resolve("docker/registry/v2");
    }

    static void write(Path directory, int images) throws IOException, InterruptedException {
        GeneratedRegistry registry = new GeneratedRegistry(directory);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int first = 0; first < images; first += IMAGES_IN_A_REPOSITORY) {
                int begin = first;
                int end = Math.min(images, first + IMAGES_IN_A_REPOSITORY);
                parts.add(threads.submit(() -> {
                    for (int image = begin; image < end; image++) {
                        registry.image(image);
                    }
                    return begin;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Where an image's manifest is, by its tag; every odd one has one. */
    static String manifest(int image) {
        return "/v2/" + repository(image) + "/manifests/t" + image;
    }

    static String blob(int image) {
        return "/v2/" + repository(image) + "/blobs/" + Digest.of(content(image, 0));
    }

    private static String repository(int image) {
        return "team/app" + image / IMAGES_IN_A_REPOSITORY;
    }

    private static byte[] content(int image, int layer) {
        return ("layer " + layer + " of image " + image + " ").repeat(4).getBytes(StandardCharsets.US_ASCII);
    }

    private void image(int image) throws IOException {
        Path repository = top.resolve("repositories/" + repository(image));
        StringBuilder layers = new StringBuilder();
        String config = "";
        for (int layer = 0; layer < LAYERS; layer++) {
            byte[] content = content(image, layer);
            Digest digest = blob(content);
            link(repository.resolve("_layers/sha256/" + digest.hex()), digest);
            String descriptor = "{\"mediaType\":\"" + (layer == 0 ? MediaTypes.OCI_CONFIG : MediaTypes.OCI_LAYER)
                    + "\",\"digest\":\"" + digest + "\",\"size\":" + content.length + "}";
            if (layer == 0) {
                config = descriptor;
            } else {
                layers.append(layer == 1 ? "" : ",").append(descriptor);
            }
        }
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":" + config
                        + ",\"layers\":[" + layers + "]}")
                .getBytes(StandardCharsets.US_ASCII);
        Digest digest = blob(manifest);
        Path manifests = repository.resolve("_manifests");
        link(manifests.resolve("revisions/sha256/" + digest.hex()), digest);
        if (image % 2 == 1) {
            Path tag = manifests.resolve("tags/t" + image);
            link(tag.resolve("current"), digest);
            link(tag.resolve("index/sha256/" + digest.hex()), digest);
        }
    }

    private Digest blob(byte[] content) throws IOException {
        Digest digest = Digest.of(content);
        String hex = digest.hex();
        file(top.resolve("blobs/sha256/" + hex.substring(0, 2) + "/" + hex), "data", content);
        return digest;
    }

    private void link(Path directory, Digest digest) throws IOException {
        file(directory, "link", digest.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private void file(Path directory, String name, byte[] content) throws IOException {
        Path parent = directory.getParent();
        if (parent != null && made.add(parent)) {
            Files.createDirectories(parent);
        }
        if (!Files.exists(directory)) {
            Files.createDirectory(directory);
        }
        Path file = directory.resolve(name);
        Files.write(file, content);
        Files.setLastModifiedTime(file, longAgo);
    }
}
