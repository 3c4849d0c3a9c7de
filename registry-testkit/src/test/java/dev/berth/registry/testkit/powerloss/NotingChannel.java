package dev.berth.registry.testkit.powerloss;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file that is open, and what is done to it noted. */
final class NotingChannel extends FileChannel {

    private final FileChannel channel;
    private final DiskJournal.Node node;
    private final DiskJournal journal;

    NotingChannel(FileChannel channel, DiskJournal.Node node, DiskJournal journal) {
        this.channel = channel;
        this.node = node;
        this.journal = journal;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        long position = channel.position();
        int written = write(source, position);
        channel.position(position + written);
        return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        ByteBuffer copy = source.duplicate();
        int written = channel.write(source, position);
        byte[] bytes = new byte[written];
        copy.get(bytes);
        journal.written(node, position, bytes);
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException("not noted");
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        boolean shorter = size < channel.size();
        channel.truncate(size);
        if (shorter) {
            journal.truncated(node, size);
        }
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        // The disk is not waited for: only what it would have is of interest.
        journal.forced(node);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException("not noted");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("not noted");
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return channel.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return channel.read(target, position);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return channel.transferTo(position, count, target);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}
