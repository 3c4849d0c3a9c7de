package dev.berth.benchmarks.micro;

import dev.berth.benchmarks.SampleImage;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpOptions;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryRequest.Connection;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.Route;
import dev.berth.registry.image.Image;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steps of a pull of a manifest, and all of them together without a socket. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Requests {

    private final String digest = SampleImage.manifestDigest();
    private final String blobPath = "/v2/team/app/blobs/" + digest;
    private final RepositoryName repository = new RepositoryName("team/app");
    private final Tag tag = new Tag("1.0");
    private final Headers headers =
            Headers.of("Host", "127.0.0.1:5000", "Accept", SampleImage.TYPE, "User-Agent", "jmh");
    private final Connection connection = new Connection("127.0.0.1", false, "127.0.0.1:5000");
    private final StoredRegistry registry = new StoredRegistry(new MemoryStorage());
    private final RegistryHandler handler = RegistryHandler.of(registry, HttpOptions.defaults());

    /** One image, in memory. */
    @Setup
    public void push() throws IOException {
        Image.random(1, 1000).pushTo(registry, repository.value(), tag.value());
    }

    /** A path of the kind that is asked for most. */
    @Benchmark
    public Route routeOfManifest() {
        return Route.parse("/v2/team/app/manifests/1.0");
    }

    /** A path with a digest in it. */
    @Benchmark
    public Route routeOfBlob() {
        return Route.parse(blobPath);
    }

    /** A digest. */
    @Benchmark
    public Digest digest() {
        return Digest.parse(digest);
    }

    /** The header fields of an answer. */
    @Benchmark
    public Headers headers() {
        return Headers.of("Content-Type", SampleImage.TYPE, "Docker-Content-Digest", digest)
                .with("ETag", digest)
                .plus("Content-Length", "250");
    }

    /** A manifest that is in the cache, by a tag that has to be looked up. */
    @Benchmark
    public Optional<Manifest> manifestByTag() throws IOException {
        return registry.manifest(repository, tag);
    }

    /** From the request line to the answer, without the server. */
    @Benchmark
    public CompletionStage<RegistryResponse> pull() {
        return handler.handle(
                RegistryRequest.of("GET", "/v2/team/app/manifests/1.0", headers, RequestBody.empty(), connection));
    }
}
