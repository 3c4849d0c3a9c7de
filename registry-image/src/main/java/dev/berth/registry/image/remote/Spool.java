package dev.berth.registry.image.remote;

import dev.berth.registry.BlobContent;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes bytes whose number nobody knows: a few in memory, more in a temporary file. They can be read as often as one likes, so
 * that a request that is challenged can be sent again. For one thread at a time.
 */
final class Spool implements RequestBody.Sink, Closeable {

    private static final int MEMORY = 1 << 16;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path path;
    private @Nullable FileChannel file;
    private long size;

    @Override
    public void accept(ByteBuffer bytes) throws IOException {
        size += bytes.remaining();
        if (file == null && size > MEMORY) {
            begin();
        }
        FileChannel channel = file;
        while (bytes.hasRemaining()) {
            if (channel == null) {
                memory.write(bytes.get());
            } else {
                channel.write(bytes);
            }
        }
    }

    private void begin() throws IOException {
        Path temporary = Files.createTempFile("berth-", ".part");
        path = temporary;
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE);
        file = channel;
        channel.write(ByteBuffer.wrap(memory.toByteArray()));
        memory.reset();
    }

    /** Takes all that a stream has, and closes it. */
    Spool takeAll(InputStream in) throws IOException {
        try (in) {
            byte[] buffer = new byte[MEMORY];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                accept(ByteBuffer.wrap(buffer, 0, count));
            }
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    BodyPublisher publisher() throws FileNotFoundException {
        Path written = path;
        if (written != null) {
            return BodyPublishers.ofFile(written);
        }
        return size == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(memory.toByteArray());
    }

    /** The bytes as a body; closing it closes this. */
    ResponseBody body() {
        return file == null ? ResponseBody.of(memory.toByteArray()) : ResponseBody.of(new Content(), 0, size);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
        if (path != null) {
            Files.deleteIfExists(path);
        }
    }

    private final class Content implements BlobContent {

        @Override
        public long size() {
            return size;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            FileChannel channel = file;
            return channel == null ? -1 : channel.read(target, position);
        }

        @Override
        public Optional<FileChannel> file() {
            return Optional.ofNullable(file);
        }

        @Override
        public void close() throws IOException {
            Spool.this.close();
        }
    }
}
