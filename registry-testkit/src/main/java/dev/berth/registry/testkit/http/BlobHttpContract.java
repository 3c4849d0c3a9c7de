package dev.berth.registry.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulling and deleting blobs (OCI Distribution Specification, "Pulling blobs", "Deleting Blobs"). */
public abstract class BlobHttpContract extends HttpContract {

    private static final byte[] BLOB = blob(200_000);

    private String path = "";
    private String digest = "";

    @BeforeEach
    void pushABlob() {
        digest = client().pushBlob(NAME, BLOB);
        path = "/v2/" + NAME + "/blobs/" + digest;
    }

    @Test
    void aBlobIsPulledWhole() {
        Answer answer = client().send("GET", path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BLOB);
        assertThat(answer.header("Content-Length")).isEqualTo("200000");
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(answer.header("Docker-Content-Digest")).isEqualTo(digest);
        assertThat(answer.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("ETag")).isEqualTo('"' + digest + '"');
    }

    @Test
    void headTellsTheSameWithoutTheBytes() {
        Answer answer = client().send("HEAD", path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("200000");
        assertThat(answer.header("Docker-Content-Digest")).isEqualTo(digest);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=500-1499, 500, 1500",
        "bytes=199999-, 199999, 200000",
        "bytes=-500, 199500, 200000",
        "bytes=-999999, 0, 200000",
        "bytes=150000-999999, 150000, 200000"
    })
    void aRangeIsPulled(String range, int from, int to) {
        Answer answer = client().send("GET", path, "Range", range);

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(BLOB, from, to));
        assertThat(answer.header("Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/200000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=200000-", "bytes=999999-9999999", "bytes=500-0", "bytes=-0"})
    void aRangeOutsideIsRefused(String range) {
        Answer answer = client().send("GET", path, "Range", range);

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */200000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=-", "nonsense"})
    void aRangeThatIsNotUnderstoodIsPassedOver(String range) {
        assertThat(client().send("GET", path, "Range", range).status()).isEqualTo(200);
    }

    @Test
    void aRangeGoesWithItsVersionOnly() {
        assertThat(client().send("GET", path, "Range", "bytes=0-0", "If-Range", '"' + digest + '"')
                        .status())
                .isEqualTo(206);
        assertThat(client().send("GET", path, "Range", "bytes=0-0", "If-Range", "\"other\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        Answer answer = client().send("GET", path, "If-None-Match", '"' + digest + '"');

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo('"' + digest + '"');
    }

    @Test
    void aBlobOfAnotherRepositoryIsNotHere() {
        Answer answer = client().send("GET", path.replace(NAME, "other"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("BLOB_UNKNOWN").contains(digest);
    }

    @Test
    void aDeletedBlobIsGoneFromItsRepositoryOnly() {
        client().pushBlob("other", BLOB);

        assertThat(client().send("DELETE", path).status()).isEqualTo(202);

        assertThat(client().send("GET", path).status()).isEqualTo(404);
        assertThat(client().send("DELETE", path).status()).isEqualTo(404);
        assertThat(client().send("GET", path.replace(NAME, "other")).status()).isEqualTo(200);
    }

    @Test
    void aBlobThatWasNeverPushedIsUnknown() {
        String unknown = Digest.of(blob(7)).toString();

        Answer answer = client().send("HEAD", "/v2/" + NAME + "/blobs/" + unknown);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
    }

    private static byte[] blob(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
