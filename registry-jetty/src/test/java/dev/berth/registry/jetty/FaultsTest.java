package dev.berth.registry.jetty;

import static dev.berth.registry.http.RequestMatch.anyRequest;
import static dev.berth.registry.http.RequestMatch.blobGet;
import static dev.berth.registry.http.RequestMatch.manifestGet;
import static dev.berth.registry.http.RequestMatch.manifestPut;
import static dev.berth.registry.http.RequestMatch.tagsList;
import static dev.berth.registry.http.RequestMatch.uploadAppend;
import static dev.berth.registry.http.RequestMatch.uploadCommit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.http.fault.ActiveFault;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.http.profile.Quirk;
import dev.berth.registry.http.profile.RegistryProfile;
import dev.berth.registry.testkit.http.RegistryClient;
import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

    private static final byte[] BLOB = new byte[300_000];
    private static final String EMPTY =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]";

    static {
        new Random(7).nextBytes(BLOB);
    }

    private final Faults faults = new Faults();
    private final Journal journal = new Journal();

    @TempDir
    private Path directory;

    private RegistryServer server;
    private RegistryClient client;
    private String blob;

    @BeforeEach
    void start() {
        server = RegistryServer.builder()
                .directory(directory)
                .filter(journal)
                .filter(faults)
                .stopTimeout(Duration.ofMillis(200))
                .start();
        client = new RegistryClient(server.uri());
        blob = "/v2/app/blobs/" + client.pushBlob("app", BLOB);
        journal.clear();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStatusComesAsAnErrorOfTheSpecification() {
        ActiveFault fault = faults.on(blobGet()).times(2).status(503);

        assertThat(client.send("GET", blob).status()).isEqualTo(503);
        assertThat(client.send("GET", blob).text()).contains("\"code\":\"UNAVAILABLE\"");
        assertThat(client.send("GET", blob).body()).isEqualTo(BLOB);
        assertThat(fault.hits()).isEqualTo(2);
        assertThat(faults).hasToString("blob get, 2 times: 503 UNAVAILABLE (hit 2 of 3)");
    }

    @Test
    void tooManyRequestsSaysWhenToComeAgain() {
        faults.on(anyRequest()).once().tooManyRequests(Duration.ofSeconds(7));

        Answer answer = client.send("GET", "/v2/");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        assertThat(answer.text()).contains("TOOMANYREQUESTS");
    }

    @Test
    void aProxyAnswersInItsOwnWay() {
        faults.on(blobGet()).answer(502, "text/html", "<h1>Bad Gateway</h1>");

        Answer answer = client.send("GET", blob);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).isEqualTo("text/html");
        assertThat(answer.text()).isEqualTo("<h1>Bad Gateway</h1>");
    }

    @Test
    void aRedirectLeadsElsewhere() {
        faults.on(blobGet()).redirect(URI.create("http://127.0.0.1:1/elsewhere"));

        assertThat(client.send("GET", blob).status()).isEqualTo(307);
        assertThat(client.send("GET", blob).header("Location")).isEqualTo("http://127.0.0.1:1/elsewhere");
    }

    @Test
    void onlyTheNthIsHit() {
        faults.on(blobGet()).nth(2).status(500);

        assertThat(statuses(4)).containsExactly(200, 500, 200, 200);
    }

    @Test
    void eachNthIsHit() {
        faults.on(blobGet()).every(2).status(500);

        assertThat(statuses(4)).containsExactly(200, 500, 200, 500);
    }

    @Test
    void aChanceIsTheSameForTheSameSeed() {
        faults.on(blobGet()).chance(0.5, 42).status(500);
        List<Integer> first = statuses(20);
        faults.clear();
        faults.on(blobGet()).chance(0.5, 42).status(500);

        assertThat(statuses(20)).isEqualTo(first);
        assertThat(first).contains(200, 500);
    }

    @Test
    void otherRequestsAreSpared() {
        faults.on(blobGet().in("other")).status(500);

        assertThat(client.send("GET", blob).status()).isEqualTo(200);
    }

    @Test
    void aFaultThatIsRemovedHitsNoMore() {
        ActiveFault fault = faults.on(blobGet()).status(500);
        fault.remove();

        assertThat(client.send("GET", blob).status()).isEqualTo(200);
        assertThat(faults).hasToString("no faults");
    }

    @Test
    void aResetComesInPlaceOfAnAnswer() throws Exception {
        faults.on(blobGet()).reset();

        try (Socket socket = get(blob)) {
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aResetComesWithinTheBody() throws Exception {
        faults.on(blobGet()).resetAfter(1000);

        try (Socket socket = get(blob)) {
            InputStream in = socket.getInputStream();
            assertThat(head(in)).startsWith("HTTP/1.1 200").contains("Content-Length: 300000");
            assertThatThrownBy(in::readAllBytes).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aTruncatedBodyEndsInOrderAndTooEarly() throws Exception {
        faults.on(blobGet()).truncate(1000);

        try (Socket socket = get(blob)) {
            InputStream in = socket.getInputStream();
            assertThat(head(in)).startsWith("HTTP/1.1 200").contains("Content-Length: 300000");
            assertThat(in.readAllBytes()).hasSize(1000);
        }
    }

    @Test
    void aBodyIsTruncatedBeforeItsFirstByte() throws Exception {
        faults.on(blobGet()).truncate(0);

        try (Socket socket = get(blob)) {
            InputStream in = socket.getInputStream();
            assertThat(head(in)).startsWith("HTTP/1.1 200");
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void aByteArrivesWrong() {
        faults.on(blobGet()).flipByte(200_000);

        byte[] body = client.send("GET", blob).body();

        assertThat(body).hasSize(BLOB.length);
        assertThat(body[200_000]).isEqualTo((byte) ~BLOB[200_000]);
        body[200_000] = BLOB[200_000];
        assertThat(body).isEqualTo(BLOB);
    }

    @Test
    void whatIsTooShortGoesWrongAtItsEnd() {
        faults.on(blobGet()).flipByte(BLOB.length + 1);
        faults.on(uploadAppend()).once().resetUploadAfter(BLOB.length + 1);
        String session = client.send("POST", "/v2/app/blobs/uploads/").header("Location");

        byte[] body = client.send("GET", blob).body();

        assertThat(body[BLOB.length - 1]).isEqualTo((byte) ~BLOB[BLOB.length - 1]);
        assertThatThrownBy(() -> client.send("PATCH", session, BLOB)).hasRootCauseInstanceOf(IOException.class);
        assertThat(client.send("GET", session).header("Range")).isEqualTo("0-" + (BLOB.length - 1));
    }

    @Test
    void aDelayAndABandwidthTakeTime() {
        faults.on(blobGet()).delay(Duration.ofMillis(100));
        faults.on(blobGet()).bandwidth(1_000_000);

        long start = System.nanoTime();
        assertThat(client.send("GET", blob).body()).isEqualTo(BLOB);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
    }

    @Test
    void whatIsPushedComesSlowlyToo() {
        faults.on(uploadAppend()).bandwidth(1_000_000);
        String session = client.send("POST", "/v2/app/blobs/uploads/").header("Location");

        long start = System.nanoTime();
        assertThat(client.send("PATCH", session, BLOB).header("Range")).isEqualTo("0-" + (BLOB.length - 1));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void aBodyStopsAndGoesOn() {
        faults.on(blobGet()).stallAfter(1000, Duration.ofMillis(300));

        long start = System.nanoTime();
        assertThat(client.send("GET", blob).body()).isEqualTo(BLOB);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void aBodyThatHangsHasSentWhatComesBefore() throws Exception {
        faults.on(blobGet()).stallAfter(1000, Duration.ofHours(1));

        try (Socket socket = get(blob)) {
            InputStream in = socket.getInputStream();
            head(in);
            assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOf(BLOB, 1000));
            socket.setSoTimeout(100);
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);

            server.close(); // is not kept from its end
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void aFilterIsAFaultThatPrintsItself() {
        faults.on(anyRequest()).once().filter(RegistryProfile.of("a shop", new Quirk.NoRanges()));

        Answer part = client.send("GET", blob, "Range", "bytes=1-2");

        assertThat(part.status()).isEqualTo(200);
        assertThat(faults).hasToString("any request, 1 time: a shop: no ranges (hit 1 of 1)");
        assertThat(client.send("GET", blob, "Range", "bytes=1-2").status()).isEqualTo(206);
    }

    @Test
    void headerFieldsSayOtherThings() {
        faults.on(blobGet()).wrongDigest();
        faults.on(blobGet()).header("Content-Type", "text/html");
        faults.on(blobGet()).withoutHeader("Accept-Ranges");

        Answer answer = client.send("GET", blob);

        assertThat(answer.header("Docker-Content-Digest")).isEqualTo("sha256:" + "0".repeat(64));
        assertThat(answer.header("Content-Type")).isEqualTo("text/html");
        assertThat(answer.optionalHeader("Accept-Ranges")).isEmpty();
        assertThat(answer.body()).isEqualTo(BLOB);
    }

    @Test
    void whatIsDoneMayNotBeTold() {
        faults.on(manifestPut()).once().afterwards().status(500);

        assertThat(push("latest", EMPTY + "}").status()).isEqualTo(500);

        assertThat(client.send("GET", "/v2/app/manifests/latest").status()).isEqualTo(200);
    }

    @Test
    void whatIsDoneMayEndInAReset() {
        faults.on(manifestPut()).once().afterwards().reset();

        assertThatThrownBy(() -> push("latest", EMPTY + "}")).hasRootCauseInstanceOf(IOException.class);

        assertThat(client.send("GET", "/v2/app/manifests/latest").status()).isEqualTo(200);
    }

    @Test
    void aResetMayKeepTheRegistryFromHearing() {
        faults.on(manifestPut()).reset();

        assertThatThrownBy(() -> push("latest", EMPTY + "}")).hasRootCauseInstanceOf(IOException.class);

        assertThat(client.send("GET", "/v2/app/manifests/latest").status()).isEqualTo(404);
    }

    @Test
    void anUploadIsCutAndGoesOnWhereItWas() {
        faults.on(uploadAppend()).once().resetUploadAfter(1234);
        String session = client.send("POST", "/v2/app/blobs/uploads/").header("Location");

        assertThatThrownBy(() -> client.send("PATCH", session, BLOB)).hasRootCauseInstanceOf(IOException.class);

        assertThat(client.send("GET", session).header("Range")).isEqualTo("0-1233");
    }

    @Test
    void anUploadSessionIsForgotten() {
        faults.on(uploadCommit()).once().forgetUpload();
        String session = client.send("POST", "/v2/app/blobs/uploads/").header("Location");

        Answer answer = client.send("PUT", session + "?digest=sha256:" + "0".repeat(64), BLOB);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains(ErrorCode.BLOB_UPLOAD_UNKNOWN.name());
        assertThat(client.send("GET", session).status()).isEqualTo(404);
    }

    @Test
    void aTagIsStale() {
        String before = push("latest", EMPTY + "}").header("Docker-Content-Digest");
        faults.on(manifestGet()).once().staleTag();
        push("latest", EMPTY + ",\"annotations\":{\"v\":\"2\"}}");

        Answer stale = client.send("GET", "/v2/app/manifests/latest");
        Answer fresh = client.send("GET", "/v2/app/manifests/latest");

        assertThat(stale.header("Docker-Content-Digest")).isEqualTo(before);
        assertThat(fresh.header("Docker-Content-Digest")).isNotEqualTo(before);
    }

    @Test
    void aTagThatWasNotThereBeforeIsNotToBeSeenYet() {
        push("latest", EMPTY + "}");
        faults.on(manifestGet()).once().staleTag();

        assertThat(client.send("GET", "/v2/app/manifests/latest").status()).isEqualTo(404);
        assertThat(client.send("GET", "/v2/app/manifests/latest").status()).isEqualTo(200);
    }

    @Test
    void aTagIsStaleThatWasMovedWithoutHttp() throws Exception {
        faults.follow(server.events());
        put("1");
        put("2");
        faults.on(manifestGet()).once().staleTag();

        assertThat(client.send("GET", "/v2/app/manifests/latest").text()).contains("\"v\":\"1\"");
        assertThat(client.send("GET", "/v2/app/manifests/latest").text()).contains("\"v\":\"2\"");
    }

    @Test
    void aTagThatWasDeletedIsStillToBeSeen() throws Exception {
        faults.follow(server.events());
        put("1");
        assertThat(client.send("DELETE", "/v2/app/manifests/latest").status()).isEqualTo(202);
        faults.on(manifestGet()).once().staleTag();

        assertThat(client.send("GET", "/v2/app/manifests/latest").text()).contains("\"v\":\"1\"");
        assertThat(client.send("GET", "/v2/app/manifests/latest").status()).isEqualTo(404);
    }

    private void put(String version) throws IOException {
        byte[] manifest = (EMPTY + ",\"annotations\":{\"v\":\"" + version + "\"}}").getBytes(StandardCharsets.UTF_8);
        server.registry()
                .putManifest(
                        new RepositoryName("app"),
                        Manifest.parse(manifest, Optional.empty(), DigestAlgorithm.SHA256),
                        List.of(new Tag("latest")));
    }

    @Test
    void theJournalSaysWhatWasHit() {
        faults.on(tagsList()).status(503);

        client.send("GET", "/v2/app/tags/list");

        assertThat(journal.exchanges(tagsList())).singleElement().satisfies(exchange -> {
            assertThat(exchange.status()).isEqualTo(503);
            assertThat(exchange.remarks()).containsExactly("503 UNAVAILABLE");
        });
        assertThat(journal.toString())
                .contains("503")
                .contains("GET /v2/app/tags/list")
                .contains("[503 UNAVAILABLE]");
    }

    @Test
    void whatMakesNoSenseIsSaidAtOnce() {
        assertThatThrownBy(() -> faults.on(blobGet()).times(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.on(blobGet()).chance(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.on(blobGet()).lasting(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> faults.on(blobGet()).status(200)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.on(blobGet()).truncate(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.on(blobGet()).delay(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.on(blobGet()).stallAfter(1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.on(blobGet()).afterwards().flipByte(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("byte 1 flipped");
        assertThat(faults.active()).isEmpty();
    }

    private List<Integer> statuses(int count) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statuses.add(client.send("GET", blob).status());
        }
        return statuses;
    }

    private Answer push(String tag, String manifest) {
        return client.send(
                "PUT",
                "/v2/app/manifests/" + tag,
                manifest.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/vnd.oci.image.index.v1+json");
    }

    private Socket get(String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            assertThat(c).as(head.toString()).isNotNegative();
            head.append((char) c);
        }
        return head.toString();
    }
}
