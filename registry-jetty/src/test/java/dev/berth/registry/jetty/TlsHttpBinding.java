package dev.berth.registry.jetty;

import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.jetty.tls.TestCertificates;
import dev.berth.registry.testkit.http.HttpBinding;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/** TLS, with one version of HTTP in it. */
final class TlsHttpBinding implements HttpBinding {

    private final TestCertificates certificates = TestCertificates.create();
    private final HttpClient.Version version;
    private Listener listener;

    TlsHttpBinding(HttpClient.Version version) {
        this.version = version;
    }

    @Override
    public URI start(RegistryHandler handler) throws IOException {
        listener = Listener.start(
                "127.0.0.1",
                0,
                Optional.of(certificates.tls()),
                handler,
                () -> true,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
        return URI.create("https://" + listener.address() + "/");
    }

    @Override
    public HttpClient.Builder client() {
        return HttpClient.newBuilder().version(version).sslContext(certificates.sslContext());
    }

    @Override
    public Socket connect(URI base) throws IOException {
        return certificates.sslContext().getSocketFactory().createSocket(base.getHost(), base.getPort());
    }

    @Override
    public void close() {
        listener.close();
    }
}
