package dev.berth.registry.image.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** Reads a part of a file, whose position it leaves alone. */
final class ChannelPart extends InputStream {

    private final FileChannel channel;
    private final long end;
    private long position;

    ChannelPart(FileChannel channel, long position, long size) {
        this.channel = channel;
        this.position = position;
        end = position + size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int most = (int) Math.min(length, end - position);
        int count = most == 0 ? -1 : channel.read(ByteBuffer.wrap(target, offset, most), position);
        position += Math.max(count, 0);
        return count;
    }
}
