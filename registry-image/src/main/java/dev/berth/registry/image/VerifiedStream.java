package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Fails where the bytes are not those that a descriptor speaks of: at the end, or as soon as there are too many. */
final class VerifiedStream extends FilterInputStream {

    private final Descriptor expected;
    private final MessageDigest hash;
    private long size;
    private boolean ended;

    VerifiedStream(InputStream in, Descriptor expected) {
        super(in);
        this.expected = expected;
        hash = expected.digest().algorithm().newHash();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            hash.update(target, offset, count);
            size += count;
        }
        if (size > expected.size() || (count < 0 && size < expected.size())) {
            throw new IOException(expected.digest() + " was said to have " + expected.size() + " bytes, and has "
                    + (count < 0 ? "" : "at least ") + size);
        }
        if (count < 0 && !ended) {
            ended = true;
            Digest actual = expected.digest().algorithm().finish(hash);
            if (!actual.equals(expected.digest())) {
                throw new IOException("The bytes of " + expected.digest() + " are others: their digest is " + actual);
            }
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] dropped = new byte[(int) Math.min(count, 1 << 13)];
        int read = dropped.length == 0 ? 0 : read(dropped, 0, dropped.length);
        return Math.max(read, 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
