package dev.berth.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import dev.berth.benchmarks.RegistryProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that pull one thing over and over, each over a connection of its own, all served by one thread of this program. */
public final class BlobClients {

    private static final int BUFFER_SIZE = 256 << 10;

    private BlobClients() {}

    /** What {@code clients} get in {@code window}, after a tenth of it that does not count. */
    public static Transfer pull(RegistryProcess server, String path, int clients, Duration window) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
        List<SocketChannel> channels = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < clients; i++) {
                SocketChannel channel = SocketChannel.open(address);
                channels.add(channel);
                BlobStream stream = new BlobStream(channel, path);
                stream.ask();
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, stream);
            }
            pump(selector, buffer, window.toNanos() / 10);
            double cpu = server.usage().cpuSeconds();
            double own = ownCpuSeconds();
            long start = System.nanoTime();
            long bytes = pump(selector, buffer, window.toNanos());
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Transfer(bytes, seconds, server.usage().cpuSeconds() - cpu, ownCpuSeconds() - own);
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }

    private static double ownCpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static long pump(Selector selector, ByteBuffer buffer, long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        long bytes = 0;
        while (System.nanoTime() < end) {
            selector.select(100);
            for (SelectionKey key : selector.selectedKeys()) {
                buffer.clear();
                bytes += ((BlobStream) key.attachment()).read(buffer);
            }
            selector.selectedKeys().clear();
        }
        return bytes;
    }
}
