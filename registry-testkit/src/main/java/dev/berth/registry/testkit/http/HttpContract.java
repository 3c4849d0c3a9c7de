package dev.berth.registry.testkit.http;

import dev.berth.registry.Digest;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.http.HttpOptions;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all contracts of the protocol share: a registry in memory behind a binding, and a client. */
public abstract class HttpContract {

    /** The repository that tests use unless they need another. */
    protected static final String NAME = "team/app";

    /** The media type of the images that tests push. */
    protected static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private HttpBinding binding;
    private Storage storage;
    private URI base;
    private RegistryClient client;

    /** The binding under test, not started yet. */
    protected abstract HttpBinding newBinding();

    /** The options of the registry; a contract that needs others overrides this. */
    protected HttpOptions httpOptions() {
        return HttpOptions.defaults().withPageLimit(50);
    }

    /** Where the registry keeps its content: in memory, unless a subclass has another storage. */
    protected Storage newStorage() throws IOException {
        return new MemoryStorage();
    }

    @BeforeEach
    final void startServing() throws IOException {
        storage = newStorage();
        binding = newBinding();
        base = binding.start(
                RegistryHandler.of(new StoredRegistry(storage, RegistryOptions.defaults()), httpOptions()));
        client = new RegistryClient(base, binding.client());
    }

    @AfterEach
    final void stopServing() throws IOException {
        binding.close();
        storage.close();
    }

    /** Where the registry is served. */
    protected final URI base() {
        return base;
    }

    /** A connection to the registry, for what no client does. */
    protected final Socket connect() throws IOException {
        return binding.connect(base);
    }

    /** A client of the registry. */
    protected final RegistryClient client() {
        return client;
    }

    /** An image manifest without layers, whose config is pushed too; {@code seed} makes it different from others. */
    protected final byte[] image(String repository, String seed) {
        byte[] config = ("{\"seed\":\"" + seed + "\"}").getBytes(StandardCharsets.UTF_8);
        String digest = client.pushBlob(repository, config);
        return manifest(digest, config.length, "");
    }

    /** Pushes an image under a tag and returns its digest. */
    protected final String pushImage(String repository, String tag) {
        byte[] manifest = image(repository, tag);
        client.send("PUT", "/v2/" + repository + "/manifests/" + tag, manifest, "Content-Type", OCI_MANIFEST);
        return Digest.of(manifest).toString();
    }

    /** An image manifest; {@code more} are further fields, beginning with a comma. */
    protected static byte[] manifest(String configDigest, long configSize, String more) {
        return """
            {"schemaVersion":2,"mediaType":"%s",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
             "layers":[]%s}""".formatted(OCI_MANIFEST, configDigest, configSize, more).getBytes(StandardCharsets.UTF_8);
    }
}
