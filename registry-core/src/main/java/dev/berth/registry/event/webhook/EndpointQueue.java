package dev.berth.registry.event.webhook;

import dev.berth.registry.event.webhook.Backlog.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one endpoint is still to be told, with the bound on it. Safe for use by several threads. */
final class EndpointQueue implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointQueue.class);

    private final WebhookEndpoint endpoint;
    private final Backlog backlog;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;
    private boolean losing;
    private long sent;
    private long failed;
    private long dropped;

    EndpointQueue(WebhookEndpoint endpoint, Backlog backlog) {
        this.endpoint = endpoint;
        this.backlog = backlog;
    }

    WebhookEndpoint endpoint() {
        return endpoint;
    }

    /** Puts a notification behind the others. Where there is no room one is dropped: this if it is a pull, else the oldest. */
    void add(Notification notification) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (notification.action() == WebhookAction.PULL && isFull(0.75)) {
                drop("pulls are dropped");
                return;
            }
            while (isFull(1) && backlog.size() > 0) {
                Optional<Entry> oldest = backlog.first();
                if (oldest.isPresent()) {
                    backlog.remove(oldest.get());
                    drop("the oldest are dropped");
                }
            }
            backlog.add(notification.time(), notification.json());
            changed.signalAll();
        } catch (IOException e) {
            drop("it cannot be written down: " + e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(double share) {
        return backlog.size() >= share * endpoint.backlog() || backlog.bytes() >= share * 2048 * endpoint.backlog();
    }

    private void drop(String why) {
        dropped++;
        if (!losing) {
            losing = true;
            LOG.warn("The webhook {} misses notifications, with {} waiting: {}", endpoint, backlog.size(), why);
        }
    }

    /** Waits for something to send. Empty when this is closed. */
    Optional<Entry> await() throws InterruptedException, IOException {
        lock.lockInterruptibly();
        try {
            while (!closed && backlog.size() == 0) {
                changed.await();
            }
            return closed ? Optional.empty() : backlog.first();
        } finally {
            lock.unlock();
        }
    }

    /** It was taken. */
    void sent(Entry entry) throws IOException {
        lock.lock();
        try {
            sent++;
            if (!closed) {
                backlog.remove(entry);
            }
            if (backlog.size() == 0) {
                losing = false;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** It was not. Returns once the next attempt is due, or this is closed. */
    void failed(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            failed++;
            long left = wait.toNanos();
            // What is added meanwhile wakes this up, and changes nothing.
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing waits any more. Returns whether that was so in time. */
    boolean awaitEmpty(long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = deadline - System.nanoTime();
            while (backlog.size() > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return backlog.size() == 0;
        } finally {
            lock.unlock();
        }
    }

    /** @param lost how many notifications never got here */
    WebhookStatus status(long lost) {
        lock.lock();
        try {
            Optional<Instant> oldest = backlog.first().map(Entry::time);
            return new WebhookStatus(endpoint.name(), backlog.size(), sent, failed, dropped + lost, oldest);
        } catch (IOException e) {
            return new WebhookStatus(endpoint.name(), backlog.size(), sent, failed, dropped + lost, Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more, and hands out no more. What waits in a directory stays there. */
    void end() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        end();
        lock.lock();
        try {
            backlog.close();
        } finally {
            lock.unlock();
        }
    }
}
