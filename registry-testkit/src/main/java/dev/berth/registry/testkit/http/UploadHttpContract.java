package dev.berth.registry.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushing blobs (OCI Distribution Specification, "Pushing blobs"). */
public abstract class UploadHttpContract extends HttpContract {

    private static final String UPLOADS = "/v2/" + NAME + "/blobs/uploads/";
    private static final byte[] BLOB = random(300_000);
    private static final String DIGEST = Digest.of(BLOB).toString();

    @Test
    void postThenPutMakesABlob() {
        Answer begun = client().send("POST", UPLOADS);
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.header("Range")).isEqualTo("0-0");
        assertThat(begun.header("Docker-Upload-UUID")).isNotEmpty();
        assertThat(begun.header("Location")).startsWith(UPLOADS).endsWith(begun.header("Docker-Upload-UUID"));

        Answer done = client().send("PUT", begun.header("Location") + "?digest=" + DIGEST, BLOB);

        assertThat(done.status()).isEqualTo(201);
        assertThat(done.header("Docker-Content-Digest")).isEqualTo(DIGEST);
        assertThat(client().send("GET", done.header("Location")).body()).isEqualTo(BLOB);
    }

    @Test
    void aDigestMayBePercentEncoded() {
        String location = client().send("POST", UPLOADS).header("Location");

        Answer done = client().send("PUT", location + "?digest=" + DIGEST.replace(":", "%3A"), BLOB);

        assertThat(done.status()).isEqualTo(201);
        assertThat(client().send("HEAD", blob(DIGEST).replace(":", "%3A")).status())
                .isEqualTo(200);
    }

    @Test
    void oneRequestMakesABlob() {
        Answer done = client().send("POST", UPLOADS + "?digest=" + DIGEST, BLOB);

        assertThat(done.status()).isEqualTo(201);
        assertThat(client().send("GET", done.header("Location")).body()).isEqualTo(BLOB);
    }

    @Test
    void aPostWithADigestAndNoBodyBeginsAnUpload() {
        Answer begun = client().send("POST", UPLOADS + "?digest=" + DIGEST);

        assertThat(begun.status()).isEqualTo(202);
        assertThat(client().send("PUT", begun.header("Location") + "?digest=" + DIGEST, BLOB)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theEmptyBlobCanBePushedInOneRequest() {
        String empty = Digest.of(new byte[0]).toString();

        assertThat(client().send("POST", UPLOADS + "?digest=" + empty).status()).isEqualTo(201);

        Answer got = client().send("GET", blob(empty));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("Content-Length")).isEqualTo("0");
    }

    @Test
    void chunksAreAddedUpInOrder() {
        String location = client().send("POST", UPLOADS).header("Location");
        byte[] first = Arrays.copyOfRange(BLOB, 0, 100_000);
        byte[] second = Arrays.copyOfRange(BLOB, 100_000, 200_000);
        byte[] third = Arrays.copyOfRange(BLOB, 200_000, BLOB.length);

        Answer one = client().send("PATCH", location, first, "Content-Range", "0-99999");
        assertThat(one.status()).isEqualTo(202);
        assertThat(one.header("Range")).isEqualTo("0-99999");
        Answer two = client().send("PATCH", one.header("Location"), second, "Content-Range", "100000-199999");
        assertThat(two.header("Range")).isEqualTo("0-199999");
        Answer done = client().send(
                        "PUT", two.header("Location") + "?digest=" + DIGEST, third, "Content-Range", "200000-299999");

        assertThat(done.status()).isEqualTo(201);
        assertThat(client().send("GET", blob(DIGEST)).body()).isEqualTo(BLOB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5-99", "200-299", "0-99"})
    void aChunkOutOfOrderIsRefusedAndTellsWhereToGoOn(String range) {
        String location = client().send("POST", UPLOADS).header("Location");
        client().send("PATCH", location, new byte[100], "Content-Range", "0-99");
        int length = Integer.parseInt(range.split("-")[1]) - Integer.parseInt(range.split("-")[0]) + 1;

        Answer refused = client().send("PATCH", location, new byte[length], "Content-Range", range);

        assertThat(refused.status()).isEqualTo(416);
        assertThat(refused.text()).contains("RANGE_INVALID").contains("goes on at 100");
        assertThat(refused.header("Range")).isEqualTo("0-99");
        assertThat(refused.header("Location")).isEqualTo(location);
        assertThat(client().send("GET", location).header("Range")).isEqualTo("0-99");
    }

    @Test
    void aContentRangeThatIsNotTheBodysIsRefused() {
        String location = client().send("POST", UPLOADS).header("Location");

        Answer refused = client().send("PATCH", location, new byte[100], "Content-Range", "0-49");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("SIZE_INVALID");
    }

    @Test
    void anUnreadableContentRangeIsRefused() {
        String location = client().send("POST", UPLOADS).header("Location");

        Answer refused = client().send("PATCH", location, new byte[100], "Content-Range", "99-0");

        assertThat(refused.status()).isEqualTo(416);
        assertThat(refused.text()).contains("invalid Content-Range");
    }

    @Test
    void aStreamNeedsNoRangeAndNoLength() {
        String location = client().send("POST", UPLOADS).header("Location");

        Answer streamed =
                client().send("PATCH", location, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BLOB)));
        assertThat(streamed.status()).isEqualTo(202);
        assertThat(streamed.header("Range")).isEqualTo("0-299999");

        assertThat(client().send("PUT", streamed.header("Location") + "?digest=" + DIGEST)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void otherBytesThanTheDigestSaysAreDropped() {
        String location = client().send("POST", UPLOADS).header("Location");

        Answer refused = client().send("PUT", location + "?digest=" + DIGEST, random(10));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("DIGEST_INVALID").contains(DIGEST);
        assertThat(client().send("HEAD", blob(DIGEST)).status()).isEqualTo(404);
        assertThat(client().send("GET", location).status()).isEqualTo(404);
    }

    @Test
    void closingAnUploadTakesADigest() {
        String location = client().send("POST", UPLOADS).header("Location");

        Answer refused = client().send("PUT", location, BLOB);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("DIGEST_INVALID").contains("?digest=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e", "nonsense"})
    void anImpossibleDigestIsRefused(String digest) {
        String location = client().send("POST", UPLOADS).header("Location");

        assertThat(client().send("PUT", location + "?digest=" + digest, BLOB).status())
                .isEqualTo(400);
    }

    @Test
    void aCancelledUploadIsGone() {
        String location = client().send("POST", UPLOADS).header("Location");

        assertThat(client().send("DELETE", location).status()).isEqualTo(204);

        Answer gone = client().send("GET", location);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.text()).contains("BLOB_UPLOAD_UNKNOWN");
        assertThat(client().send("PATCH", location, new byte[1]).status()).isEqualTo(404);
    }

    @Test
    void anUploadBelongsToItsRepository() {
        String location = client().send("POST", UPLOADS).header("Location");

        String elsewhere = location.replace(NAME, "other/app");

        assertThat(client().send("PATCH", elsewhere, new byte[1]).status()).isEqualTo(404);
    }

    @Test
    void aBlobIsMountedFromAnotherRepository() {
        client().pushBlob("source", BLOB);

        Answer mounted = client().send("POST", UPLOADS + "?mount=" + DIGEST + "&from=source");

        assertThat(mounted.status()).isEqualTo(201);
        assertThat(client().send("GET", mounted.header("Location")).body()).isEqualTo(BLOB);
    }

    @Test
    void aBlobIsMountedFromWhereverItIs() {
        client().pushBlob("source", BLOB);

        assertThat(client().send("POST", UPLOADS + "?mount=" + DIGEST).status()).isEqualTo(201);
    }

    @Test
    void aBlobThatIsNotThereHasToBeUploaded() {
        client().pushBlob("source", new byte[1]);

        Answer begun = client().send("POST", UPLOADS + "?mount=" + DIGEST + "&from=source");

        assertThat(begun.status()).isEqualTo(202);
        assertThat(client().send("PUT", begun.header("Location") + "?digest=" + DIGEST, BLOB)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void contentIsKeptBySha512Too() {
        String digest = DigestAlgorithm.SHA512.digest(BLOB).toString();
        String location =
                client().send("POST", UPLOADS + "?digest-algorithm=sha512").header("Location");
        client().send("PATCH", location, BLOB);

        Answer done = client().send("PUT", location + "?digest=" + digest);

        assertThat(done.status()).isEqualTo(201);
        assertThat(client().send("GET", blob(digest)).header("Docker-Content-Digest"))
                .isEqualTo(digest);
    }

    @Test
    void anUnknownAlgorithmIsRefused() {
        Answer refused = client().send("POST", UPLOADS + "?digest-algorithm=md5");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("DIGEST_INVALID").contains("sha256 or sha512");
    }

    @Test
    void aClientThatGoesAwayLeavesWhatItSent() throws Exception {
        String location = client().send("POST", UPLOADS).header("Location");
        byte[] sent = Arrays.copyOfRange(BLOB, 0, 50_000);
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("PATCH " + location + " HTTP/1.1\r\nHost: registry\r\nContent-Length: " + BLOB.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(sent);
            out.flush();
            awaitRange(location, "0-49999");
        }

        Answer resumed = retryUntilFree(location);

        assertThat(resumed.status()).isEqualTo(202);
        assertThat(client().send("PUT", location + "?digest=" + DIGEST).status())
                .isEqualTo(201);
        assertThat(client().send("GET", blob(DIGEST)).body()).isEqualTo(BLOB);
    }

    /** The server finds out that the first client has gone at its own pace; until then the session is claimed. */
    private Answer retryUntilFree(String location) throws InterruptedException {
        byte[] rest = Arrays.copyOfRange(BLOB, 50_000, BLOB.length);
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            Answer answer = client().send("PATCH", location, rest, "Content-Range", "50000-299999");
            if (answer.status() != 416 || System.nanoTime() > deadline) {
                return answer;
            }
            Thread.sleep(10);
        }
    }

    private void awaitRange(String location, String range) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!client().send("GET", location).header("Range").equals(range)) {
            assertThat(System.nanoTime())
                    .as("the upload has not come to " + range)
                    .isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private static String blob(String digest) {
        return "/v2/" + NAME + "/blobs/" + digest;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }
}
