package dev.berth.examples.junit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stands for the code under test: whatever pushes and pulls images. */
final class Client {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI registry;

    /** @param address host and port, as in the name of an image */
    Client(String address) {
        registry = URI.create("http://" + address);
    }

    /** Pushes an image of one layer. Returns its digest. */
    String push(String repository, String tag, byte[] layer) throws IOException, InterruptedException {
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(UTF_8);
        byte[] manifest = """
                {"schemaVersion": 2, "mediaType": "%s", "config": %s, "layers": [%s]}
                """.formatted(
                        MANIFEST,
                        pushBlob(repository, "application/vnd.oci.image.config.v1+json", config),
                        pushBlob(repository, "application/vnd.oci.image.layer.v1.tar", layer))
                .getBytes(UTF_8);
        HttpRequest put = HttpRequest.newBuilder(registry.resolve("/v2/" + repository + "/manifests/" + tag))
                .header("Content-Type", MANIFEST)
                .PUT(BodyPublishers.ofByteArray(manifest))
                .build();
        expect(201, http.send(put, BodyHandlers.ofByteArray()));
        return digest(manifest);
    }

    /** Pulls a manifest. */
    String pull(String repository, String reference) throws IOException, InterruptedException {
        return new String(get("/v2/" + repository + "/manifests/" + reference), UTF_8);
    }

    /** Pulls a blob. */
    byte[] pullBlob(String repository, String digest) throws IOException, InterruptedException {
        return get("/v2/" + repository + "/blobs/" + digest);
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the blob's descriptor. */
    private String pushBlob(String repository, String mediaType, byte[] content)
            throws IOException, InterruptedException {
        URI uploads = registry.resolve("/v2/" + repository + "/blobs/uploads/");
        HttpResponse<byte[]> upload = expect(
                202,
                http.send(
                        HttpRequest.newBuilder(uploads)
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofByteArray()));
        String location = upload.headers().firstValue("Location").orElseThrow();
        URI end = uploads.resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + digest(content));
        expect(
                201,
                http.send(
                        HttpRequest.newBuilder(end)
                                .header("Content-Type", "application/octet-stream")
                                .PUT(BodyPublishers.ofByteArray(content))
                                .build(),
                        BodyHandlers.ofByteArray()));
        return "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}"
                .formatted(mediaType, digest(content), content.length);
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(registry.resolve(path))
                .header("Accept", MANIFEST)
                .build();
        return expect(200, http.send(get, BodyHandlers.ofByteArray())).body();
    }

    private static HttpResponse<byte[]> expect(int status, HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() != status) {
            throw new IOException(response + ": " + new String(response.body(), UTF_8));
        }
        return response;
    }
}
