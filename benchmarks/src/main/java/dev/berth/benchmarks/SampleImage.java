package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A small image, to be asked for. */
public final class SampleImage {

    /** Where its repository is. */
    public static final String REPOSITORY = "/v2/demo/app";

    /** Where its manifest is. */
    public static final String MANIFEST = REPOSITORY + "/manifests/1.0";

    private static final String TYPE = "application/vnd.docker.distribution.manifest.v2+json";
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.US_ASCII);

    private SampleImage() {}

    /** Its manifest. */
    public static byte[] manifest() {
        return """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.docker.container.image.v1+json","digest":"%s","size":2},
                 "layers":[]}""".formatted(TYPE, Foundation.digest(CONFIG, CONFIG.length)).getBytes(StandardCharsets.US_ASCII);
    }

    /** Its manifest's digest. */
    public static String manifestDigest() {
        byte[] manifest = manifest();
        return Foundation.digest(manifest, manifest.length);
    }

    /** Pushes it to the registry on {@code port}. */
    public static void push(int port) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            String location = http.send("POST", REPOSITORY + "/blobs/uploads/", new byte[0])
                    .require(202)
                    .location();
            http.send("PUT", Foundation.withDigest(location, Foundation.digest(CONFIG, CONFIG.length)), CONFIG)
                    .require(201);
            http.send("PUT", MANIFEST, manifest(), "Content-Type", TYPE).require(201);
        }
    }
}
