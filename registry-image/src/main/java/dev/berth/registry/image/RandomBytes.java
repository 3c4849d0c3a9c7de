package dev.berth.registry.image;

import java.io.InputStream;
import java.util.Objects;

/** A stream of the SplitMix64 generator's numbers. Its own, since Java promises no algorithm for the fast ones that it has. */
final class RandomBytes extends InputStream {

    private long state;
    private long left;
    private long word;
    private int inWord;

    RandomBytes(long seed, long size) {
        state = seed;
        left = size;
    }

    @Override
    public int read() {
        if (left == 0) {
            return -1;
        }
        return next() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int count = (int) Math.min(length, left);
        for (int i = 0; i < count; i++) {
            target[offset + i] = next();
        }
        return count;
    }

    private byte next() {
        if (inWord == 0) {
            state += 0x9e3779b97f4a7c15L;
            long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            word = mixed ^ (mixed >>> 31);
            inWord = Long.BYTES;
        }
        byte next = (byte) word;
        word >>>= 8;
        inWord--;
        left--;
        return next;
    }
}
