import static dev.berth.registry.http.RequestMatch.blobGet;
import static dev.berth.registry.http.RequestMatch.blobHead;
import static dev.berth.registry.http.RequestMatch.manifestPut;
import static dev.berth.registry.http.RequestMatch.to;
import static dev.berth.registry.http.RequestMatch.uploadBegin;
import static dev.berth.registry.http.RequestMatch.uploadCommit;

import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.RequestMatch;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.jetty.RegistryServer;
import java.net.URI;
import java.time.Duration;

/** Serves a registry each of whose repositories goes wrong in its own way. For faults.sh. */
class Faulty {

    public static void main(String[] args) throws Exception {
        Faults faults = new Faults();
        RegistryServer server = RegistryServer.builder()
                .port(Integer.parseInt(args[0]))
                .filter(faults)
                .start();

        RequestMatch manifest = to(Endpoint.MANIFEST_GET, Endpoint.MANIFEST_HEAD);
        faults.on(manifest.in("pull/refused")).status(503);
        faults.on(manifest.in("pull/busy")).tooManyRequests(Duration.ofSeconds(1));
        faults.on(blobGet().in("pull/proxy")).answer(502, "text/html", "<h1>Bad Gateway</h1>");
        faults.on(blobGet().in("pull/elsewhere")).redirect(URI.create("http://127.0.0.1:1/elsewhere"));
        faults.on(blobGet().in("pull/flipped")).flipByte(50);
        faults.on(blobGet().in("pull/reset")).resetAfter(50);
        faults.on(blobGet().in("pull/truncated")).truncate(50);
        faults.on(blobGet().in("pull/unanswered")).reset();
        faults.on(manifest.in("pull/digest")).wrongDigest();

        faults.on(uploadBegin().in("push/location")).withoutHeader("Location");
        faults.on(uploadCommit().in("push/forgotten")).forgetUpload();
        faults.on(to(Endpoint.UPLOAD_APPEND, Endpoint.UPLOAD_COMMIT).in("push/reset")).resetUploadAfter(50);
        faults.on(manifestPut().in("push/unheard")).reset();
        faults.on(manifestPut().in("push/refused")).afterwards().status(500);
        faults.on(blobHead().in("push/denied")).status(403);
        server.join();
    }
}
