package dev.berth.registry.engine;

import dev.berth.registry.Digest;

/**
 * A set of digests that only grows, in 16 to 64 bytes for each: of a digest only the first 128 bits are kept. That two of them
 * are taken for one is not to be expected, and would keep garbage and never lose content. Safe for use by several threads.
 */
final class DigestSet {

    private static final int FIRST = 1 << 6;

    /** Pairs; two zeros are an empty place. */
    private long[] table = new long[2 * FIRST];

    private int size;

    /** Returns whether it was not there before. */
    synchronized boolean add(Digest digest) {
        long high = part(digest, 0);
        long low = low(high, digest);
        int place = place(table, high, low);
        if (!isEmpty(table, place)) {
            return false;
        }
        set(table, place, high, low);
        size++;
        if (4L * size > table.length) {
            grow();
        }
        return true;
    }

    synchronized boolean contains(Digest digest) {
        long high = part(digest, 0);
        return !isEmpty(table, place(table, high, low(high, digest)));
    }

    synchronized int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(2, table.length)];
        for (int i = 0; i < table.length; i += 2) {
            if (!isEmpty(table, i)) {
                set(larger, place(larger, table[i], table[i + 1]), table[i], table[i + 1]);
            }
        }
        table = larger;
    }

    /** Where the pair is, or the empty place where it would be. */
    private static int place(long[] table, long high, long low) {
        // The bits of a digest are as good as those of any hash.
        int mask = table.length - 2;
        int place = (int) low & mask;
        while (!isEmpty(table, place) && (table[place] != high || table[place + 1] != low)) {
            place = (place + 2) & mask;
        }
        return place;
    }

    private static boolean isEmpty(long[] table, int place) {
        return table[place] == 0 && table[place + 1] == 0;
    }

    private static void set(long[] table, int place, long high, long low) {
        table[place] = high;
        table[place + 1] = low;
    }

    private static long low(long high, Digest digest) {
        long low = part(digest, 16);
        return high == 0 && low == 0 ? 1 : low;
    }

    private static long part(Digest digest, int from) {
        return Long.parseUnsignedLong(digest.hex(), from, from + 16, 16);
    }
}
