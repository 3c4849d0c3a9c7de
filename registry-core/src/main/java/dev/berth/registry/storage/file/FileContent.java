package dev.berth.registry.storage.file;

import dev.berth.registry.BlobContent;
import dev.berth.registry.storage.file.SharedFiles.Shared;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open blob file. The system keeps the bytes of a deleted one until it is closed.
 *
 * <p>Who reads has the file for himself, since a thread that is interrupted while it reads closes it. Who takes the file to send it
 * shares it with others who do, if it is a large one, which takes long.
 */
final class FileContent implements BlobContent {

    /** What is smaller is sent in less time than it takes to find out whether somebody else sends it. */
    static final long LARGE = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FileContent.class);

    private final Path path;
    private final SharedFiles files;
    private final long size;
    private final FileChannel own;

    /** {@link #own}, which is closed while it is another. */
    private volatile FileChannel channel;

    /** Guarded by this. */
    private @Nullable Shared shared;

    private boolean closed;

    private FileContent(Path path, SharedFiles files, FileChannel own, long size) {
        this.path = path;
        this.files = files;
        this.own = own;
        this.channel = own;
        this.size = size;
    }

    static FileContent open(Path file, SharedFiles files) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FileContent(file, files, channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        FileChannel file = channel;
        try {
            return file.read(target, position);
        } catch (ClosedChannelException e) {
            // Another thread may have come to share the file just now.
            FileChannel now = channel;
            if (now == file) {
                throw e;
            }
            return now.read(target, position);
        }
    }

    @Override
    public synchronized Optional<FileChannel> file() {
        if (size >= LARGE && shared == null && !closed) {
            share();
        }
        return Optional.of(channel);
    }

    private void share() {
        try {
            Optional<Shared> joined = files.join(path);
            if (joined.isEmpty()) {
                return;
            }
            if (joined.get().channel().size() != size) {
                joined.get().leave();
                return;
            }
            shared = joined.get();
            channel = shared.channel();
            own.close();
        } catch (IOException e) {
            LOG.debug("{} is sent from a file of its own", path, e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        channel = own;
        if (shared == null) {
            own.close();
        } else {
            shared.leave();
        }
    }
}
