package dev.berth.benchmarks.torture;

import dev.berth.registry.Digest;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** The bytes of blobs, which follow from a number and are never kept. */
final class Contents {

    /** Blobs with a smaller number are everybody's. */
    static final int SHARED = 40;

    private static final int LARGEST = 3 << 20;

    private final long seed;
    private final Map<Long, Digest> digests = new ConcurrentHashMap<>();

    Contents(long seed) {
        this.seed = seed;
    }

    /** A blob: most are tiny, some of a few hundred kilobytes, few of megabytes. */
    byte[] bytes(long number) {
        SplittableRandom random = new SplittableRandom(seed * 31 + number);
        int kind = random.nextInt(100);
        int limit = kind < 75 ? 4 << 10 : kind < 96 ? 300 << 10 : LARGEST;
        byte[] bytes = new byte[1 + random.nextInt(limit)];
        random.nextBytes(bytes);
        return bytes;
    }

    Digest digest(long number) {
        return digests.computeIfAbsent(number, n -> Digest.of(bytes(n)));
    }
}
