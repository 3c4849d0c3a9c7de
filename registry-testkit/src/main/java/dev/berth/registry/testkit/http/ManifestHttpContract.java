package dev.berth.registry.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulling, pushing and deleting manifests (OCI Distribution Specification, "Pulling manifests", "Pushing Manifests"). */
public abstract class ManifestHttpContract extends HttpContract {

    private static final String MANIFESTS = "/v2/" + NAME + "/manifests/";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    @Test
    void aManifestIsPulledAsItWasPushed() {
        byte[] manifest = image(NAME, "one");
        String digest = Digest.of(manifest).toString();

        Answer pushed = client().send("PUT", MANIFESTS + "1.0", manifest, "Content-Type", OCI_MANIFEST);

        assertThat(pushed.status()).isEqualTo(201);
        assertThat(pushed.header("Docker-Content-Digest")).isEqualTo(digest);
        assertThat(pushed.header("Location")).isEqualTo(MANIFESTS + digest);
        for (String reference : new String[] {"1.0", digest}) {
            Answer pulled = client().send("GET", MANIFESTS + reference);
            assertThat(pulled.status()).isEqualTo(200);
            assertThat(pulled.body()).isEqualTo(manifest);
            assertThat(pulled.header("Content-Type")).isEqualTo(OCI_MANIFEST);
            assertThat(pulled.header("Docker-Content-Digest")).isEqualTo(digest);
            Answer head = client().send("HEAD", MANIFESTS + reference);
            assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(manifest.length));
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void aTagMoves() {
        pushImage(NAME, "first");
        byte[] second = image(NAME, "second");

        client().send("PUT", MANIFESTS + "first", second, "Content-Type", OCI_MANIFEST);

        assertThat(client().send("GET", MANIFESTS + "first").body()).isEqualTo(second);
    }

    @Test
    void aManifestPushedByDigestHasToHaveIt() {
        byte[] manifest = image(NAME, "one");

        Answer refused =
                client().send("PUT", MANIFESTS + Digest.of(new byte[0]), manifest, "Content-Type", OCI_MANIFEST);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text())
                .contains("DIGEST_INVALID")
                .contains(Digest.of(manifest).toString());
    }

    @Test
    void severalTagsArePushedAtOnce() {
        byte[] manifest = image(NAME, "one");
        String digest = DigestAlgorithm.SHA512.digest(manifest).toString();

        Answer pushed = client().send(
                        "PUT",
                        MANIFESTS + digest + "?tag=1.2.3&tag=1.2&tag=latest",
                        manifest,
                        "Content-Type",
                        OCI_MANIFEST);

        assertThat(pushed.status()).isEqualTo(201);
        assertThat(pushed.header("OCI-Tag")).isEqualTo("1.2.3, 1.2, latest");
        assertThat(client().send("GET", MANIFESTS + "1.2").header("Docker-Content-Digest"))
                .isEqualTo(digest);
    }

    @Test
    void aBadTagAmongSeveralPushesNothing() {
        byte[] manifest = image(NAME, "one");
        String digest = Digest.of(manifest).toString();

        Answer refused =
                client().send("PUT", MANIFESTS + digest + "?tag=good&tag=-bad", manifest, "Content-Type", OCI_MANIFEST);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("TAG_INVALID");
        assertThat(client().send("GET", MANIFESTS + "good").status()).isEqualTo(404);
    }

    @Test
    void whatAManifestRefersToHasToBeThere() {
        String missing = Digest.of("missing".getBytes(StandardCharsets.UTF_8)).toString();

        Answer refused =
                client().send("PUT", MANIFESTS + "1.0", manifest(missing, 7, ""), "Content-Type", OCI_MANIFEST);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("MANIFEST_BLOB_UNKNOWN").contains(missing);
        assertThat(client().send("GET", MANIFESTS + "1.0").status()).isEqualTo(404);
    }

    @Test
    void anIndexNeedsItsManifests() {
        String child = Digest.of("child".getBytes(StandardCharsets.UTF_8)).toString();

        Answer refused = client().send("PUT", MANIFESTS + "multi", index(child), "Content-Type", OCI_INDEX);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("MANIFEST_BLOB_UNKNOWN");

        String pushed = pushImage(NAME, "child");
        assertThat(client().send("PUT", MANIFESTS + "multi", index(pushed), "Content-Type", OCI_INDEX)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void foreignLayersMayLiveElsewhere() {
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        String digest = client().pushBlob(NAME, config);
        String elsewhere = Digest.of(new byte[] {1}).toString();
        String manifest = new String(manifest(digest, 2, ""), StandardCharsets.UTF_8)
                .replace(
                        "\"layers\":[]",
                        "\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.nondistributable.v1.tar+gzip\","
                                + "\"digest\":\"" + elsewhere
                                + "\",\"size\":5,\"urls\":[\"https://example.com/layer\"]}]");

        Answer pushed = client().send(
                        "PUT",
                        MANIFESTS + "windows",
                        manifest.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        OCI_MANIFEST);

        assertThat(pushed.status()).isEqualTo(201);
    }

    @Test
    void anUnknownTypeIsKeptAsItCame() {
        byte[] manifest = "{\"hello\":  \"world\"}".getBytes(StandardCharsets.UTF_8);

        Answer pushed =
                client().send("PUT", MANIFESTS + "odd", manifest, "Content-Type", "application/vnd.example+json");

        assertThat(pushed.status()).isEqualTo(201);
        Answer pulled = client().send("GET", MANIFESTS + "odd", "Accept", OCI_MANIFEST);
        assertThat(pulled.header("Content-Type")).isEqualTo("application/vnd.example+json");
        assertThat(pulled.body()).isEqualTo(manifest);
    }

    @Test
    void aTypeThatTheClientRulesOutIsNotThereForIt() {
        pushImage(NAME, "1.0");

        Answer refused = client().send("GET", MANIFESTS + "1.0", "Accept", OCI_INDEX);

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text())
                .contains("MANIFEST_UNKNOWN")
                .contains(OCI_MANIFEST)
                .contains("Accept");
        assertThat(client().send("GET", MANIFESTS + "1.0", "Accept", OCI_INDEX + ", */*;q=0.1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void schema1IsRefusedWithAWayOut() {
        byte[] manifest = "{\"schemaVersion\":1,\"name\":\"a\",\"fsLayers\":[]}".getBytes(StandardCharsets.UTF_8);

        Answer refused = client().send(
                        "PUT",
                        MANIFESTS + "old",
                        manifest,
                        "Content-Type",
                        "application/vnd.docker.distribution.manifest.v1+prettyjws");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text())
                .contains("MANIFEST_INVALID")
                .contains("schema 1")
                .contains("skopeo copy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "{} {}", "{\"layers\":[{\"digest\":\"sha256:1\",\"size\":1}]}"})
    void whatIsNoManifestIsRefused(String content) {
        Answer refused = client().send(
                        "PUT",
                        MANIFESTS + "bad",
                        content.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        OCI_MANIFEST);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("MANIFEST_INVALID");
    }

    @Test
    void aManifestThatIsTwoThingsIsRefused() {
        byte[] manifest = "{\"schemaVersion\":2,\"layers\":[],\"manifests\":[]}".getBytes(StandardCharsets.UTF_8);

        Answer refused = client().send("PUT", MANIFESTS + "bad", manifest, "Content-Type", OCI_MANIFEST);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("both an image and an index");
    }

    @Test
    void theTypeDeclaredHasToBeTheManifests() {
        Answer refused = client().send("PUT", MANIFESTS + "bad", image(NAME, "x"), "Content-Type", OCI_INDEX);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("MANIFEST_INVALID").contains("Content-Type");
    }

    @Test
    void aManifestThatIsTooLargeIsRefused() {
        byte[] manifest = image(NAME, "x".repeat(10));
        byte[] large = new byte[(4 << 20) + 1];
        java.util.Arrays.fill(large, (byte) ' ');
        System.arraycopy(manifest, 0, large, 0, manifest.length);

        Answer refused = client().send("PUT", MANIFESTS + "large", large, "Content-Type", OCI_MANIFEST);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text()).contains("4194304");
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        String digest = pushImage(NAME, "1.0");

        assertThat(client().send("GET", MANIFESTS + "1.0", "If-None-Match", '"' + digest + '"')
                        .status())
                .isEqualTo(304);
    }

    @Test
    void aSubjectIsAnswered() {
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        String configDigest = client().pushBlob(NAME, config);
        String subject = Digest.of(new byte[] {9}).toString();
        String field =
                ",\"subject\":{\"mediaType\":\"" + OCI_MANIFEST + "\",\"digest\":\"" + subject + "\",\"size\":1}";

        Answer pushed = client().send(
                        "PUT", MANIFESTS + "signature", manifest(configDigest, 2, field), "Content-Type", OCI_MANIFEST);

        assertThat(pushed.status()).as("a missing subject is no error").isEqualTo(201);
        assertThat(pushed.header("OCI-Subject")).isEqualTo(subject);
    }

    @Test
    void aDeletedTagLeavesTheManifest() {
        String digest = pushImage(NAME, "1.0");

        assertThat(client().send("DELETE", MANIFESTS + "1.0").status()).isEqualTo(202);

        assertThat(client().send("GET", MANIFESTS + "1.0").status()).isEqualTo(404);
        assertThat(client().send("GET", MANIFESTS + digest).status()).isEqualTo(200);
        assertThat(client().send("DELETE", MANIFESTS + "1.0").status()).isEqualTo(404);
    }

    @Test
    void aDeletedManifestTakesItsTagsAlong() {
        String digest = pushImage(NAME, "1.0");
        client().send("PUT", MANIFESTS + "latest", image(NAME, "1.0"), "Content-Type", OCI_MANIFEST);
        pushImage(NAME, "2.0");

        assertThat(client().send("DELETE", MANIFESTS + digest).status()).isEqualTo(202);

        assertThat(client().send("GET", MANIFESTS + digest).status()).isEqualTo(404);
        assertThat(client().send("GET", "/v2/" + NAME + "/tags/list").text()).contains("[\"2.0\"]");
        assertThat(client().send("DELETE", MANIFESTS + digest).status()).isEqualTo(404);
    }

    @Test
    void anUnknownManifestIsSaidToBe() {
        Answer answer = client().send("GET", MANIFESTS + "nope");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).contains("\"code\":\"MANIFEST_UNKNOWN\"").contains("nope");
    }

    private static byte[] index(String child) {
        return """
            {"schemaVersion":2,"mediaType":"%s","manifests":[
              {"mediaType":"%s","digest":"%s","size":100,"platform":{"os":"linux","architecture":"amd64"}}]}""".formatted(OCI_INDEX, OCI_MANIFEST, child).getBytes(StandardCharsets.UTF_8);
    }
}
