package dev.berth.registry.image.recording;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Bytes in files named by their digests, laid out as in an OCI layout. Safe for use by several threads. */
final class ContentDirectory {

    private static final DigestAlgorithm ALGORITHM = DigestAlgorithm.SHA256;
    private static final String UNFINISHED = ".part";

    private final Path directory;
    private final Set<Digest> verified = ConcurrentHashMap.newKeySet();

    ContentDirectory(Path recording) {
        directory = recording.resolve("blobs");
    }

    private Path file(Digest digest) {
        return directory.resolve(digest.algorithm().id()).resolve(digest.hex());
    }

    /** Keeps bytes that are in memory. */
    RecordedBody.Content keep(byte[] bytes) throws IOException {
        try (Arriving arriving = receive()) {
            arriving.take(ByteBuffer.wrap(bytes));
            return arriving.keep();
        }
    }

    /** Begins to keep bytes that are yet to come. */
    Arriving receive() throws IOException {
        Path home = directory.resolve(ALGORITHM.id());
        Files.createDirectories(home);
        return new Arriving(Files.createTempFile(home, "", UNFINISHED));
    }

    /** @throws IOException if there is no such file, or one of another size */
    void requireThere(RecordedBody.Content content) throws IOException {
        Path file = file(content.digest());
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is missing: exchanges have it as their body. Record again, or get it back");
        }
        if (Files.size(file) != content.size()) {
            throw new IOException(file + " has " + Files.size(file) + " bytes, and had " + content.size()
                    + " when it was recorded. Has something changed its line ends? Record again, or get it back");
        }
    }

    /**
     * Opens a file, which is held against its digest the first time.
     *
     * @throws IOException if that is another
     */
    BlobContent open(RecordedBody.Content content) throws IOException {
        requireThere(content);
        FileChannel channel = FileChannel.open(file(content.digest()), StandardOpenOption.READ);
        try {
            if (!verified.contains(content.digest())) {
                verify(channel, content.digest());
                verified.add(content.digest());
            }
            return new OpenFile(channel, content.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void verify(FileChannel channel, Digest digest) throws IOException {
        MessageDigest hash = digest.algorithm().newHash();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (long at = 0; channel.read(buffer, at) > 0; buffer.clear()) {
            at += buffer.flip().remaining();
            hash.update(buffer);
        }
        Digest actual = digest.algorithm().finish(hash);
        if (!actual.equals(digest)) {
            throw new IOException(file(digest) + " is damaged: its digest is " + actual
                    + ". Has something changed its line ends? Record again, or get it back");
        }
    }

    /** Deletes the files that are not among these. */
    void retain(Set<Digest> needed) throws IOException {
        Path home = directory.resolve(ALGORITHM.id());
        if (!Files.isDirectory(home)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean content = name.matches("[0-9a-f]{" + ALGORITHM.hexLength() + "}");
                if (content ? !needed.contains(new Digest(ALGORITHM, name)) : name.endsWith(UNFINISHED)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Bytes on their way into a file. For one thread at a time. */
    final class Arriving implements AutoCloseable {

        private final Path unfinished;
        private final FileChannel channel;
        private final MessageDigest hash = ALGORITHM.newHash();
        private long size;

        private Arriving(Path unfinished) throws IOException {
            this.unfinished = unfinished;
            channel = FileChannel.open(unfinished, StandardOpenOption.WRITE);
        }

        void take(ByteBuffer bytes) throws IOException {
            hash.update(bytes.duplicate());
            size += bytes.remaining();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        RecordedBody.Content keep() throws IOException {
            channel.close();
            Digest digest = ALGORITHM.finish(hash);
            Files.move(unfinished, file(digest), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return new RecordedBody.Content(digest, size);
        }

        /** Lets go of what is not to be kept. */
        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(unfinished);
        }
    }

    private record OpenFile(FileChannel channel, long size) implements BlobContent {

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public Optional<FileChannel> file() {
            return Optional.of(channel);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
