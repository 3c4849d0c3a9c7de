package dev.berth.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A blob that is one block over and over. */
public final class RandomBlob {

    private static final int BLOCK = 8 << 20;

    private final byte[] block;
    private final ByteBuffer direct;
    private final long length;
    private final String digest;

    private RandomBlob(byte[] block, long length) {
        this.block = block;
        this.direct = ByteBuffer.allocateDirect(block.length).put(block).flip();
        this.length = length;
        this.digest = hash();
    }

    /** The blob of {@code length} bytes that belongs to {@code seed}. */
    public static RandomBlob of(long seed, long length) {
        byte[] block = new byte[(int) Math.min(BLOCK, length)];
        new Random(seed).nextBytes(block);
        return new RandomBlob(block, length);
    }

    /** Computes its digest again. */
    public String hash() {
        return Foundation.digest(block, length);
    }

    /** Writes it as a file. */
    public void writeTo(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long done = 0; done < length; ) {
                int size = (int) Math.min(block.length, length - done);
                out.write(block, 0, size);
                done += size;
            }
        }
    }

    /** Pushes it whole, as one request that opens the upload and one that sends all. */
    public void push(int port, String repository) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            http.stream("PUT", Foundation.withDigest(begin(http, repository), digest), direct, length)
                    .require(201);
        }
    }

    /** Pushes it with one request whose length is not said before. */
    public void pushStreamed(int port, String repository) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            String location = http.streamUnsized("PATCH", begin(http, repository), direct, length)
                    .require(202)
                    .location();
            http.send("PUT", Foundation.withDigest(location, digest), new byte[0])
                    .require(201);
        }
    }

    /** Pushes it in chunks. */
    public void pushChunked(int port, String repository, int chunk) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            String location = begin(http, repository);
            for (long done = 0; done < length; ) {
                long size = Math.min(chunk, length - done);
                String range = done + "-" + (done + size - 1);
                location = http.stream(
                                "PATCH",
                                location,
                                direct,
                                size,
                                "Content-Range",
                                range,
                                "Content-Type",
                                "application/octet-stream")
                        .require(202)
                        .location();
                done += size;
            }
            http.send("PUT", Foundation.withDigest(location, digest), new byte[0])
                    .require(201);
        }
    }

    /** Its digest. */
    public String digest() {
        return digest;
    }

    /** Its length in bytes. */
    public long length() {
        return length;
    }

    /** All of it, if it is no longer than a block. */
    public ByteBuffer bytes() {
        if (length > block.length) {
            throw new IllegalStateException("a blob of " + length + " bytes is too long");
        }
        return ByteBuffer.wrap(block, 0, (int) length);
    }

    /** Whether it has {@code bytes} at {@code position}; takes them out of the buffer. */
    public boolean has(long position, ByteBuffer bytes) {
        for (long at = position; bytes.hasRemaining(); at++) {
            if (at >= length || bytes.get() != block[(int) (at % block.length)]) {
                return false;
            }
        }
        return true;
    }

    /** Where it is pulled from. */
    public String path(String repository) {
        return "/v2/" + repository + "/blobs/" + digest;
    }

    private static String begin(HttpSocket http, String repository) throws IOException {
        return http.send("POST", "/v2/" + repository + "/blobs/uploads/", new byte[0])
                .require(202)
                .location();
    }
}
