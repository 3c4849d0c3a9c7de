package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.jetty.tls.TestCertificates;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ByteBufferPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Many registries in one JVM, at the same time and one after the other: when they are closed nothing of them is left. */
class NothingLeftTest {

    private static final int SERVERS = 20;

    private final TestCertificates certificates = TestCertificates.create();

    @TempDir
    private Path scratch;

    @Test
    void noThread() throws Exception {
        serveAndClose();
        int before = Thread.getAllStackTraces().size();

        serveAndClose();

        // Those that are ending take a moment.
        assertThat(Soon.becomes(() -> Thread.getAllStackTraces().size() <= before))
                .isTrue();
    }

    /** Of a thousand registries in one JVM most rest at any moment. */
    @Test
    void oneThreadEachWhileNobodyAsks() throws Exception {
        int before = Thread.getAllStackTraces().size();
        List<RegistryServer> servers = new ArrayList<>();
        try {
            for (int i = 0; i < SERVERS; i++) {
                servers.add(RegistryServer.start());
            }
            for (RegistryServer server : servers) {
                client(server).close();
            }

            assertThat(Soon.becomes(() -> Thread.getAllStackTraces().size() <= before + SERVERS))
                    .isTrue();
            for (RegistryServer server : servers) {
                client(server).close();
            }
        } finally {
            servers.forEach(RegistryServer::close);
        }
    }

    @Test
    void noBufferOnceNobodyUsesThem() {
        SharedBuffers shared = new SharedBuffers();
        ByteBufferPool buffers = shared.pool();
        assertThat(shared.pool()).isSameAs(buffers);
        WeakReference<ByteBufferPool> kept = new WeakReference<>(buffers);
        buffers = null;

        assertThat(Soon.becomes(() -> {
                    System.gc();
                    return kept.refersTo(null);
                }))
                .isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noOpenFileAndNoSocket() throws Exception {
        serveAndClose();
        long before = openFiles();

        serveAndClose();

        assertThat(openFiles()).isLessThanOrEqualTo(before);
    }

    @Test
    void noMemory() throws Exception {
        List<WeakReference<Object>> parts = serveAndClose();

        assertThat(parts).hasSize(2 * SERVERS);
        assertThat(Soon.becomes(() -> {
                    System.gc();
                    return parts.stream().allMatch(part -> part.refersTo(null));
                }))
                .isTrue();
    }

    /** Starts servers of each kind, talks to all of them, and closes them with the clients still there. */
    private List<WeakReference<Object>> serveAndClose() throws IOException {
        List<RegistryServer> servers = new ArrayList<>();
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            RegistryServer.Builder builder = RegistryServer.builder().stopTimeout(Duration.ZERO);
            if (i % 2 == 1) {
                builder.directory(scratch.resolve("data" + i));
            }
            if (i % 4 >= 2) {
                builder.tls(certificates.tls());
            }
            servers.add(builder.start());
        }
        for (RegistryServer server : servers) {
            clients.add(client(server));
        }
        servers.forEach(RegistryServer::close);
        for (Socket client : clients) {
            client.close();
        }
        return servers.stream()
                .flatMap(server -> Stream.<Object>of(server, server.registry()))
                .map(WeakReference::new)
                .toList();
    }

    /** Begins an upload, and leaves the connection open. */
    private Socket client(RegistryServer server) throws IOException {
        Socket socket = server.uri().getScheme().equals("https")
                ? certificates.sslContext().getSocketFactory().createSocket("127.0.0.1", server.port())
                : new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(10_000);
        String request = "POST /v2/team/app/blobs/uploads/ HTTP/1.1\r\nHost: registry\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 202");
        return socket;
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
