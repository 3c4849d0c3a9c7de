package dev.berth.registry.http.metrics;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of the requests of one kind. Counting makes no object and takes no lock. */
final class Series {

    /** Upper bounds in seconds: those of Docker's registry, and one below for what is answered from memory. */
    static final double[] BOUNDS = {
        0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60,
    };

    private static final int LOWEST_STATUS = 100;
    private static final int STATUSES = 500;

    private final String handler;
    private final String method;
    private final AtomicReferenceArray<LongAdder> byStatus = new AtomicReferenceArray<>(STATUSES);
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();

    Series(String handler, String method) {
        this.handler = handler;
        this.method = method;
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    void begin() {
        begun.increment();
    }

    void received(long bytes) {
        received.add(bytes);
    }

    void end(int status, long sentBytes, long took) {
        status(status).increment();
        int bucket = 0;
        while (bucket < BOUNDS.length && took > BOUNDS[bucket] * 1e9) {
            bucket++;
        }
        buckets[bucket].increment();
        nanos.add(took);
        sent.add(sentBytes);
        ended.increment();
    }

    private LongAdder status(int status) {
        int index = Math.min(Math.max(status - LOWEST_STATUS, 0), STATUSES - 1);
        LongAdder found = byStatus.get(index);
        if (found == null) {
            byStatus.compareAndSet(index, null, new LongAdder());
            found = byStatus.get(index);
        }
        return found;
    }

    String handler() {
        return handler;
    }

    long inFlight() {
        long over = ended.sum();
        return Math.max(0, begun.sum() - over);
    }

    boolean isEmpty() {
        return ended.sum() == 0;
    }

    void writeCounts(PrometheusText text, String name) {
        for (int i = 0; i < STATUSES; i++) {
            LongAdder count = byStatus.get(i);
            if (count != null) {
                text.sample(
                        name,
                        count.sum(),
                        "handler",
                        handler,
                        "method",
                        method,
                        "code",
                        Integer.toString(i + LOWEST_STATUS));
            }
        }
    }

    void writeDurations(PrometheusText text, String name) {
        long count = 0;
        for (int i = 0; i < buckets.length; i++) {
            count += buckets[i].sum();
            String bound = i < BOUNDS.length ? bound(BOUNDS[i]) : "+Inf";
            text.sample(name + "_bucket", count, "handler", handler, "method", method, "le", bound);
        }
        text.sample(name + "_sum", nanos.sum() / 1e9, "handler", handler, "method", method);
        text.sample(name + "_count", count, "handler", handler, "method", method);
    }

    /** {@code 5} and not {@code 5.0}, as others write it. */
    private static String bound(double seconds) {
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    void writeReceived(PrometheusText text, String name) {
        writeBytes(text, name, received);
    }

    void writeSent(PrometheusText text, String name) {
        writeBytes(text, name, sent);
    }

    private void writeBytes(PrometheusText text, String name, LongAdder bytes) {
        text.sample(name + "_sum", bytes.sum(), "handler", handler, "method", method);
        text.sample(name + "_count", ended.sum(), "handler", handler, "method", method);
    }
}
