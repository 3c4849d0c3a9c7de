package dev.berth.registry.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener with a thread of its own and a bounded queue before it. */
final class QueuedSubscription implements Subscription, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(QueuedSubscription.class);

    private final GuardedListener listener;
    private final int backlog;
    private final Predicate<? super RegistryEvent> interest;
    private final Runnable forget;
    private final Queue<RegistryEvent> queue = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean closed;
    private long dropped;

    /** @param forget takes this subscription out of the list of those who are told */
    QueuedSubscription(
            EventListener listener,
            int backlog,
            Predicate<? super RegistryEvent> interest,
            Consumer<QueuedSubscription> forget) {
        this.interest = interest;
        this.listener = new GuardedListener(listener);
        this.backlog = backlog;
        this.forget = () -> forget.accept(this);
    }

    void offer(RegistryEvent event) {
        if (interest.test(event)) {
            add(event);
        }
    }

    private synchronized void add(RegistryEvent event) {
        if (closed) {
            return;
        }
        if (queue.size() < backlog) {
            queue.add(event);
            if (queue.size() == 1) {
                notifyAll();
            }
        } else if (dropped++ == 0) {
            LOG.warn("A listener is slower than what happens: {} events wait, and what comes now is dropped", backlog);
        }
    }

    @Override
    public void run() {
        try {
            for (Optional<RegistryEvent> event = next(); event.isPresent(); event = next()) {
                listener.tell(event.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            ended.countDown();
        }
    }

    private synchronized Optional<RegistryEvent> next() throws InterruptedException {
        while (queue.isEmpty() && !closed) {
            wait();
        }
        return Optional.ofNullable(queue.poll());
    }

    @Override
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public long failed() {
        return listener.failed();
    }

    @Override
    public void close() {
        forget.run();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    @Override
    public boolean awaitEnd(Duration time) throws InterruptedException {
        return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
