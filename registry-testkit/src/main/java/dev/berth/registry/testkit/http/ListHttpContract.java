package dev.berth.registry.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags, repositories and referrers (OCI Distribution Specification, "Content Discovery"). */
public abstract class ListHttpContract extends HttpContract {

    private static final String TAGS = "/v2/" + NAME + "/tags/list";
    private static final Pattern NEXT = Pattern.compile("<(.*)>; rel=\"next\"");
    private static final Pattern DIGEST = Pattern.compile("\"digest\":\"(sha256:[0-9a-f]+)\"");

    @Test
    void tagsComeInOrder() {
        for (String tag : new String[] {"b", "a", "C", "10", "9", "_x"}) {
            pushImage(NAME, tag);
        }

        Answer answer = client().send("GET", TAGS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"name\":\"team/app\",\"tags\":[\"10\",\"9\",\"C\",\"_x\",\"a\",\"b\"]}");
        assertThat(answer.optionalHeader("Link")).isEmpty();
    }

    @Test
    void tagsComeInPages() {
        for (int i = 0; i < 7; i++) {
            pushImage(NAME, "t" + i);
        }

        List<String> pages = pages(TAGS + "?n=3");

        assertThat(pages).hasSize(3);
        assertThat(pages.get(0)).contains("[\"t0\",\"t1\",\"t2\"]");
        assertThat(pages.get(1)).contains("[\"t3\",\"t4\",\"t5\"]");
        assertThat(pages.get(2)).contains("[\"t6\"]");
    }

    @Test
    void aPageBeginsBehindATagThatNeedNotExist() {
        pushImage(NAME, "a");
        pushImage(NAME, "c");

        assertThat(client().send("GET", TAGS + "?last=b").text()).contains("[\"c\"]");
        assertThat(client().send("GET", TAGS + "?last=c").text()).contains("[]");
    }

    @Test
    void aPageOfNoneIsEmpty() {
        pushImage(NAME, "a");

        Answer answer = client().send("GET", TAGS + "?n=0");

        assertThat(answer.text()).contains("\"tags\":[]");
        assertThat(answer.optionalHeader("Link")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", "99999999999"})
    void anImpossiblePageIsRefused(String n) {
        pushImage(NAME, "a");

        Answer refused = client().send("GET", TAGS + "?n=" + n);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("PAGINATION_NUMBER_INVALID");
    }

    @Test
    void moreThanTheRegistryGivesIsCutDown() {
        for (int i = 0; i < 51; i++) {
            pushImage(NAME, "t" + i);
        }

        assertThat(pages(TAGS + "?n=1000")).hasSize(2);
        assertThat(pages(TAGS)).hasSize(2);
    }

    @Test
    void aRepositoryThatIsNotThereIsSaidToBe() {
        Answer answer = client().send("GET", TAGS);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("NAME_UNKNOWN").contains(NAME);
    }

    @Test
    void theCatalogIsInTheOrderOfWholeNames() {
        for (String name : new String[] {"b", "a/b", "a-b", "a", "a.b/c", "a/b/c"}) {
            pushImage(name, "latest");
        }

        assertThat(client().send("GET", "/v2/_catalog").text())
                .isEqualTo("{\"repositories\":[\"a\",\"a-b\",\"a.b/c\",\"a/b\",\"a/b/c\",\"b\"]}");
        assertThat(pages("/v2/_catalog?n=2")).hasSize(3).element(1).asString().contains("[\"a.b/c\",\"a/b\"]");
    }

    @Test
    void aRepositoryWithoutManifestsIsNoGhost() {
        client().pushBlob("blobs/only", new byte[] {1});
        String digest = pushImage("gone", "latest");

        client().send("DELETE", "/v2/gone/manifests/" + digest);

        assertThat(client().send("GET", "/v2/_catalog").text()).isEqualTo("{\"repositories\":[]}");
    }

    @Test
    void referrersAreListedWithTypeAndAnnotations() {
        String subject = pushImage(NAME, "subject");
        String signature = refer(subject, "application/vnd.example.signature", "one");
        refer(subject, "application/vnd.example.sbom+json", "two");

        Answer all = client().send("GET", "/v2/" + NAME + "/referrers/" + subject);
        assertThat(all.status()).isEqualTo(200);
        assertThat(all.header("Content-Type")).isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(all.text())
                .contains(signature)
                .contains("\"artifactType\":\"application/vnd.example.sbom+json\"")
                .contains("\"annotations\":{\"name\":\"two\"}");

        Answer filtered = client().send(
                        "GET",
                        "/v2/" + NAME + "/referrers/" + subject + "?artifactType=application/vnd.example.signature");
        assertThat(filtered.header("OCI-Filters-Applied")).isEqualTo("artifactType");
        assertThat(digests(filtered.text())).containsExactly(signature);
    }

    @Test
    void aPlusSignInAnArtifactTypeIsOne() {
        String subject = pushImage(NAME, "subject");
        String sbom = refer(subject, "application/vnd.example.sbom+json", "two");

        for (String written : new String[] {"sbom+json", "sbom%2Bjson"}) {
            Answer answer = client().send(
                            "GET",
                            "/v2/" + NAME + "/referrers/" + subject + "?artifactType=application/vnd.example."
                                    + written);
            assertThat(digests(answer.text())).containsExactly(sbom);
        }
    }

    @Test
    void nothingReferringIsAnEmptyIndex() {
        String unknown = Digest.of(new byte[] {3}).toString();

        Answer answer = client().send("GET", "/v2/nowhere/referrers/" + unknown);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"schemaVersion\":2").contains("\"manifests\":[]");
    }

    @Test
    void referrersComeInPages() {
        String subject = pushImage(NAME, "subject");
        List<String> pushed = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            pushed.add(refer(subject, "application/vnd.example.signature", "s" + i));
        }

        List<String> pages =
                pages("/v2/" + NAME + "/referrers/" + subject + "?n=3&artifactType=application/vnd.example.signature");

        assertThat(pages).hasSize(3);
        assertThat(pages.stream().flatMap(p -> digests(p).stream())).containsExactlyInAnyOrderElementsOf(pushed);
    }

    @Test
    void aDeletedReferrerIsListedNoMore() {
        String subject = pushImage(NAME, "subject");
        String signature = refer(subject, "application/vnd.example.signature", "one");

        client().send("DELETE", "/v2/" + NAME + "/manifests/" + signature);

        assertThat(client().send("GET", "/v2/" + NAME + "/referrers/" + subject).text())
                .contains("\"manifests\":[]");
    }

    @Test
    void aSubjectIsADigest() {
        Answer refused = client().send("GET", "/v2/" + NAME + "/referrers/latest");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("DIGEST_INVALID");
    }

    private String refer(String subject, String artifactType, String name) {
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        String configDigest = client().pushBlob(NAME, config);
        byte[] manifest = manifest(
                configDigest,
                2,
                ",\"artifactType\":\"" + artifactType + "\",\"annotations\":{\"name\":\"" + name + "\"},\"subject\":"
                        + "{\"mediaType\":\"" + OCI_MANIFEST + "\",\"digest\":\"" + subject + "\",\"size\":1}");
        String digest = Digest.of(manifest).toString();
        client().send("PUT", "/v2/" + NAME + "/manifests/" + digest, manifest, "Content-Type", OCI_MANIFEST);
        return digest;
    }

    /** The bodies of all pages, by following the links. */
    private List<String> pages(String path) {
        List<String> pages = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            Answer answer = client().send("GET", next.get());
            assertThat(answer.status()).isEqualTo(200);
            pages.add(answer.text());
            next = answer.optionalHeader("Link").map(ListHttpContract::target);
        }
        return pages;
    }

    private static String target(String link) {
        Matcher matcher = NEXT.matcher(link);
        assertThat(matcher.matches()).as(link).isTrue();
        return matcher.group(1);
    }

    private static List<String> digests(String json) {
        return DIGEST.matcher(json).results().map(r -> r.group(1)).toList();
    }
}
