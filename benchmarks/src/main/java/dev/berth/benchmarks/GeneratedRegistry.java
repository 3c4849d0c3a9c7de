package dev.berth.benchmarks;

import dev.berth.benchmarks.load.LayoutWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private final LayoutWriter layout;

    private GeneratedRegistry(Path directory) {
        layout = new LayoutWriter(directory, Instant.now().minus(Duration.ofDays(100)));
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
        String repository = repository(image);
        StringBuilder layers = new StringBuilder();
        String config = "";
        for (int layer = 0; layer < LAYERS; layer++) {
            byte[] content = content(image, layer);
            String digest = layout.blob(repository, content);
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
        String digest = layout.manifest(repository, manifest);
        if (image % 2 == 1) {
            layout.tag(repository, "t" + image, digest);
        }
    }
}
