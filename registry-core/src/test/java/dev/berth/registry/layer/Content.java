package dev.berth.registry.layer;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What tests of layers push, and how several threads do it at once. */
public final class Content {

    private Content() {}

    /** Uploads a blob. */
    public static Digest push(Registry registry, RepositoryName repository, String content) throws IOException {
        BlobUpload upload = registry.beginUpload(repository, DigestAlgorithm.SHA256);
        write(upload, content);
        return upload.commit(digest(content)).digest();
    }

    /** Adds to an upload. */
    public static void write(BlobUpload upload, String content) throws IOException {
        try (BlobWriter writer = upload.append()) {
            writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The digest of a text. */
    public static Digest digest(String content) {
        return Digest.of(content.getBytes(StandardCharsets.UTF_8));
    }

    /** A manifest that refers to nothing, another one for each name. */
    public static Manifest manifest(String name) {
        return parse("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[],"
                + "\"annotations\":{\"name\":\"" + name + "\"}}");
    }

    /** A manifest of these bytes. */
    public static Manifest parse(String json) {
        return Manifest.parse(json.getBytes(StandardCharsets.UTF_8), Optional.empty(), DigestAlgorithm.SHA256);
    }

    /** Lets as many threads begin at once, and returns what each came to, in order. */
    public static <T> List<T> race(int threads, Numbered<T> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                Callable<T> call = () -> {
                    start.await(60, TimeUnit.SECONDS);
                    return task.run(number);
                };
                running.add(pool.submit(call));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** What one of several threads does. */
    public interface Numbered<T> {

        /** Does it. */
        T run(int number) throws Exception;
    }
}
