package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A small image, to be asked for. */
public final class SampleImage {

    /** Where its repository is. */
    public static final String REPOSITORY = "/v2/demo/app";

    /** Where its manifest is. */
    public static final String MANIFEST = REPOSITORY + "/manifests/1.0";

    /** The type of its manifest. */
    public static final String TYPE = "application/vnd.docker.distribution.manifest.v2+json";

    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.US_ASCII);

    private SampleImage() {}

    /** Its manifest. */
    public static byte[] manifest() {
        return """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.docker.container.image.v1+json","digest":"%s","size":2},
                 "layers":[]}""".formatted(TYPE, digest(CONFIG)).getBytes(StandardCharsets.US_ASCII);
    }

    /** The digest of some bytes. */
    public static String digest(byte[] bytes) {
        return "sha256:" + Hashes.sha256(bytes);
    }

    /** Its manifest's digest. */
    public static String manifestDigest() {
        return digest(manifest());
    }

    /** Pushes it to the registry on {@code port}. */
    public static void push(int port) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            String location = http.send("POST", REPOSITORY + "/blobs/uploads/", new byte[0])
                    .require(202)
                    .location();
            http.send("PUT", Foundation.withDigest(location, digest(CONFIG)), CONFIG)
                    .require(201);
            http.send("PUT", MANIFEST, manifest(), "Content-Type", TYPE).require(201);
        }
    }
}
