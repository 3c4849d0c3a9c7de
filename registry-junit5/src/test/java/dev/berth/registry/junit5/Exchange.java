package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.TestReporter;

/** What samples say to a registry over HTTP. */
final class Exchange {

    private static final String INDEX =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Exchange() {}

    /** A push and a pull with a registry that nobody has pushed to. Reports which one it was. */
    static void withFresh(String address, TestReporter reporter) {
        assertThat(has(address, "app")).as("somebody pushed here before").isFalse();
        push(address, "app");
        assertThat(has(address, "app")).isTrue();
        report(address, reporter);
    }

    /** A push and a pull with a registry that others may be using too. Reports which one it was. */
    static void withAny(String address, TestReporter reporter) {
        push(address, "app");
        assertThat(has(address, "app")).isTrue();
        report(address, reporter);
    }

    static void report(String address, TestReporter reporter) {
        reporter.publishEntry("address", address);
    }

    static void push(String address, String repository) {
        HttpRequest.Builder put = to(address, repository)
                .header("Content-Type", "application/vnd.oci.image.index.v1+json")
                .PUT(BodyPublishers.ofString(INDEX));
        assertThat(status(put)).isEqualTo(201);
    }

    static boolean has(String address, String repository) {
        return status(to(address, repository).GET()) == 200;
    }

    static boolean isListening(String address) {
        URI uri = URI.create("http://" + address);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 5000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpRequest.Builder to(String address, String repository) {
        return HttpRequest.newBuilder(URI.create("http://" + address + "/v2/" + repository + "/manifests/1.0"));
    }

    private static int status(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new AssertionError("no answer from " + request.build().uri(), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
