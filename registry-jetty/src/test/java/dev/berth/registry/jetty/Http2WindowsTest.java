package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.jetty.tls.TestCertificates;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** What a client may send before it hears of the server (RFC 9113, section 6.9): nearly all there is to how fast a far one can push. */
class Http2WindowsTest {

    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int INITIAL_WINDOW_SIZE = 4;

    /** What a connection may send before anything is said of it. */
    private static final int USUAL_SESSION_WINDOW = 65_535;

    private final TestCertificates certificates = TestCertificates.create();

    @Test
    void areWideEnoughForClientsThatAreFarAway() throws Exception {
        try (RegistryServer server =
                        RegistryServer.builder().tls(certificates.tls()).start();
                SSLSocket socket = connect(server)) {
            socket.getOutputStream().write(preface());
            DataInputStream in = new DataInputStream(socket.getInputStream());

            Map<Integer, Integer> settings = new HashMap<>();
            int session = USUAL_SESSION_WINDOW;
            while (session == USUAL_SESSION_WINDOW || settings.isEmpty()) {
                Frame frame = Frame.read(in);
                if (frame.type == SETTINGS) {
                    settings.putAll(frame.settings());
                } else if (frame.type == WINDOW_UPDATE && frame.stream == 0) {
                    session += frame.number(0);
                }
            }

            assertThat(settings).containsEntry(INITIAL_WINDOW_SIZE, TlsProtocols.STREAM_WINDOW);
            assertThat(session).isEqualTo(TlsProtocols.SESSION_WINDOW);
        }
    }

    private SSLSocket connect(RegistryServer server) throws IOException {
        SSLSocket socket =
                (SSLSocket) certificates.sslContext().getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** The client's, with settings that ask for nothing (section 3.4). */
    private static byte[] preface() {
        return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One of HTTP/2's (section 4.1). */
    private static final class Frame {

        private final int type;
        private final int stream;
        private final byte[] payload;

        private Frame(int type, int stream, byte[] payload) {
            this.type = type;
            this.stream = stream;
            this.payload = payload;
        }

        static Frame read(DataInputStream in) throws IOException {
            byte[] payload = new byte[(in.readUnsignedByte() << 16) + in.readUnsignedShort()];
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            int stream = in.readInt();
            in.readFully(payload);
            return new Frame(type, stream, payload);
        }

        Map<Integer, Integer> settings() {
            Map<Integer, Integer> settings = new HashMap<>();
            for (int at = 0; at < payload.length; at += 6) {
                settings.put((payload[at] & 0xff) << 8 | payload[at + 1] & 0xff, number(at + 2));
            }
            return settings;
        }

        int number(int at) {
            return (payload[at] & 0xff) << 24
                    | (payload[at + 1] & 0xff) << 16
                    | (payload[at + 2] & 0xff) << 8
                    | payload[at + 3] & 0xff;
        }
    }
}
