package dev.berth.registry.storage.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The hash of what was uploaded so far. Of a long upload another thread takes it in, so that the one that writes can go on to what comes
 * next; what is short, or finds no thread free, is taken in by whoever brings it. For one writer at a time.
 */
final class UploadHash {

    /** Whoever has sent less than this has soon ended. */
    static final long LONG = 1 << 20;

    /** As much as is read from a socket at a time. */
    static final int UNIT = 128 << 10;

    /** How much can be on its way to the other thread. */
    private static final int UNITS = 16;

    /** To wake a thread costs as much as to hash a part of a unit. */
    private static final int WORTH_WAKING = 6;

    /** What is less than this came from a slow client, whom nothing of ours holds up. */
    private static final int WORTHWHILE = 32 << 10;

    private final MessageDigest hash;
    private final HashThreads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();

    /** Of the writer alone. */
    private long received;

    /** All below is guarded by the lock. */
    private final Deque<Unit> waiting = new ArrayDeque<>();

    private final Deque<Unit> free = new ArrayDeque<>();
    private int units;

    /** Whether a thread is kept for this. */
    private boolean kept;

    private boolean running;
    private boolean resting;
    private boolean broken;

    UploadHash(MessageDigest hash, HashThreads threads) {
        this.hash = hash;
        this.threads = threads;
    }

    /** Takes in what remains in {@code bytes}, which the caller may use again at once. */
    void update(ByteBuffer bytes) {
        received += bytes.remaining();
        boolean worthwhile = received >= LONG && bytes.remaining() >= WORTHWHILE;
        while (bytes.hasRemaining()) {
            Unit unit = unit(worthwhile);
            if (unit == null) {
                finish();
                hash.update(bytes);
            } else {
                // Without the lock, which the other thread is not to wait for.
                unit.fill(bytes);
                add(unit);
            }
        }
    }

    /** To be called when nothing more comes for a while: all is taken in soon, and then nothing is kept for it. */
    void rest() {
        lock.lock();
        try {
            resting = true;
            start(1);
            if (!running) {
                giveBack();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The hash when it has taken everything in; nothing if something went wrong with that. Nothing may be added afterwards. */
    Optional<MessageDigest> finished() {
        rest();
        finish();
        return broken ? Optional.empty() : Optional.of(hash);
    }

    /** A unit to fill, or nothing if the writer is to see to it itself. */
    private @Nullable Unit unit(boolean worthwhile) {
        lock.lock();
        try {
            resting = false;
            if (!kept && !running) {
                kept = worthwhile && threads.take();
            }
            if (!kept) {
                return null;
            }
            while (free.isEmpty() && units == UNITS && running) {
                progress.awaitUninterruptibly();
            }
            if (free.isEmpty() && units < UNITS) {
                units++;
                return new Unit();
            }
            return free.poll();
        } finally {
            lock.unlock();
        }
    }

    private void add(Unit unit) {
        lock.lock();
        try {
            waiting.add(unit);
            start(WORTH_WAKING);
        } finally {
            lock.unlock();
        }
    }

    /** Has the other thread begin if at least {@code enough} waits for it; where there is none after all, does its work. */
    private void start(int enough) {
        if (!running && waiting.size() >= enough) {
            running = threads.run(this::run);
            if (!running) {
                finish();
            }
        }
    }

    /** Takes in what waits. */
    private void finish() {
        lock.lock();
        try {
            while (running) {
                progress.awaitUninterruptibly();
            }
            for (Unit unit = waiting.poll(); unit != null; unit = waiting.poll()) {
                unit.into(hash);
                free.add(unit);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean ended = false;
        try {
            for (Unit unit = next(null); unit != null; unit = next(unit)) {
                unit.into(hash);
            }
            ended = true;
        } finally {
            if (!ended) {
                breakOff();
            }
        }
    }

    /** The next unit, in place of one that is done with. */
    private @Nullable Unit next(@Nullable Unit done) {
        lock.lock();
        try {
            if (done != null) {
                free.add(done);
            }
            Unit next = waiting.poll();
            running = next != null;
            if (!running && resting) {
                giveBack();
            }
            // A writer that waits for one unit soon waits for the next: it is woken for several.
            if (!running || free.size() >= UNITS / 2) {
                progress.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack() {
        if (kept) {
            kept = false;
            units = 0;
            free.clear();
            threads.giveBack();
        }
    }

    private void breakOff() {
        lock.lock();
        try {
            broken = true;
            running = false;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static final class Unit {

        private final byte[] bytes = new byte[UNIT];
        private int length;

        void fill(ByteBuffer from) {
            length = Math.min(bytes.length, from.remaining());
            from.get(bytes, 0, length);
        }

        void into(MessageDigest hash) {
            hash.update(bytes, 0, length);
        }
    }
}
