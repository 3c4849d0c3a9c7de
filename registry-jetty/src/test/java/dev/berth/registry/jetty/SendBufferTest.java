package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the system keeps for a client on the same machine. */
class SendBufferTest {

    @Test
    void oneOfFewHasTheWholeSize() throws IOException {
        try (Pair pair = new Pair()) {
            SendBuffer.of(pair.accepted, SendBuffer.FEW - 1);

            assertThat(pair.size()).isBetween(SendBuffer.SIZE, 2 * SendBuffer.SIZE);
        }
    }

    @Test
    void oneOfManyHasLittleUntilItHasTakenMuch() throws IOException {
        try (Pair pair = new Pair()) {
            SendBuffer buffer = SendBuffer.of(pair.accepted, SendBuffer.FEW);
            buffer.sent(SendBuffer.PROOF - 1);

            assertThat(pair.size()).isBetween(SendBuffer.SMALL, 2 * SendBuffer.SMALL);

            buffer.sent(1);

            assertThat(pair.size()).isBetween(SendBuffer.SIZE, 2 * SendBuffer.SIZE);
        }
    }

    @Test
    void oneThatIsClosedAlreadyIsLeftAlone() throws IOException {
        try (Pair pair = new Pair()) {
            SendBuffer buffer = SendBuffer.of(pair.accepted, SendBuffer.FEW);
            pair.accepted.close();

            buffer.sent(SendBuffer.PROOF);
            SendBuffer.of(pair.accepted, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.2, 127.0.0.1, true",
        "::1, ::1, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::1, 2001:db8::2, false",
    })
    void onlyThisMachineIsNear(String client, String server, boolean near) throws IOException {
        assertThat(SendBuffer.isNear(InetAddress.getByName(client), InetAddress.getByName(server)))
                .isEqualTo(near);
    }

    private static final class Pair implements AutoCloseable {

        private final ServerSocketChannel listening = ServerSocketChannel.open();
        private final SocketChannel client;
        private final SocketChannel accepted;

        Pair() throws IOException {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(listening.getLocalAddress());
            accepted = listening.accept();
        }

        int size() throws IOException {
            return accepted.getOption(StandardSocketOptions.SO_SNDBUF);
        }

        @Override
        public void close() throws IOException {
            accepted.close();
            client.close();
            listening.close();
        }
    }
}
