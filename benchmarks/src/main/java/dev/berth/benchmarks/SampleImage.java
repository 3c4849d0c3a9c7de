package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A small image, to be asked for. */
final class SampleImage {

    /** Where its manifest is. */
    static final String MANIFEST = "/v2/demo/app/manifests/1.0";

    private SampleImage() {}

    static void push(int port) throws IOException {
        byte[] config = "{}".getBytes(StandardCharsets.US_ASCII);
        String digest = Foundation.digest(config, config.length);
        try (HttpSocket http = new HttpSocket(port)) {
            String location = http.send("POST", "/v2/demo/app/blobs/uploads/", new byte[0])
                    .require(202)
                    .location();
            http.send("PUT", Foundation.withDigest(location, digest), config).require(201);
            String type = "application/vnd.docker.distribution.manifest.v2+json";
            String manifest = """
                    {"schemaVersion":2,"mediaType":"%s",
                     "config":{"mediaType":"application/vnd.docker.container.image.v1+json","digest":"%s","size":2},
                     "layers":[]}""".formatted(type, digest);
            byte[] bytes = manifest.getBytes(StandardCharsets.US_ASCII);
            http.send("PUT", MANIFEST, bytes, "Content-Type", type).require(201);
        }
    }
}
