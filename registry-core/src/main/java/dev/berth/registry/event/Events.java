package dev.berth.registry.event;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Tells listeners what happens in a registry. Some are told before whoever caused the event goes on, others in a thread of
 * their own. No listener can make a push fail; only one of the first kind can make it slow.
 *
 * <p>Safe for use by several threads. Closing it closes all subscriptions.
 */
public final class Events implements Closeable {

    private final List<Direct> direct = new CopyOnWriteArrayList<>();
    private final List<QueuedSubscription> queued = new CopyOnWriteArrayList<>();
    private final Queue<RegistryEvent> noted = new ConcurrentLinkedQueue<>();
    private final ReentrantLock telling = new ReentrantLock();

    /**
     * Has a listener told before whoever caused the event goes on: when a push is answered, the listener knows of it. It may
     * use the registry; what it causes itself it is told of afterwards.
     */
    public Subscription subscribe(EventListener listener) {
        Direct subscription = new Direct(new GuardedListener(listener));
        direct.add(subscription);
        return subscription;
    }

    /**
     * Has a listener told by a thread of its own, so that nothing waits for it.
     *
     * @param backlog how many events may wait, at least 1; when so many do, further ones are dropped and counted
     * @throws IllegalArgumentException if not even one may wait
     */
    public Subscription subscribe(EventListener listener, int backlog) {
        return subscribe(listener, backlog, event -> true);
    }

    /**
     * Has a listener told of some events by a thread of its own, so that nothing waits for it.
     *
     * @param backlog how many events may wait, at least 1; when so many do, further ones are dropped and counted
     * @param interest whether the listener is to be told of an event. Asked by whoever causes it, so it has to be quick
     * @throws IllegalArgumentException if not even one may wait
     */
    public Subscription subscribe(EventListener listener, int backlog, Predicate<? super RegistryEvent> interest) {
        if (backlog < 1) {
            throw new IllegalArgumentException("A backlog has room for at least 1 event, not for " + backlog);
        }
        QueuedSubscription subscription = new QueuedSubscription(listener, backlog, interest, queued::remove);
        queued.add(subscription);
        Thread thread = new Thread(subscription, "registry-events");
        thread.setDaemon(true);
        thread.start();
        return subscription;
    }

    /** Whether anybody listens: if not, no event needs to be made. */
    public boolean wanted() {
        return !direct.isEmpty() || !queued.isEmpty();
    }

    /** Tells an event. */
    public void publish(RegistryEvent event) {
        note(event);
        tell();
    }

    /**
     * Takes note of an event, to be told by the next {@link #tell()}. Calls no listener, so that it can be used with locks
     * held; listeners are told in the order of the notes.
     */
    public void note(RegistryEvent event) {
        for (QueuedSubscription subscription : queued) {
            subscription.offer(event);
        }
        if (!direct.isEmpty()) {
            noted.add(event);
        }
    }

    /** Tells what was noted. When this returns, all that this thread noted has been told, by it or by another. */
    public void tell() {
        if (direct.isEmpty() || telling.isHeldByCurrentThread()) {
            return;
        }
        telling.lock();
        try {
            for (RegistryEvent event = noted.poll(); event != null; event = noted.poll()) {
                for (Direct subscription : direct) {
                    subscription.listener().tell(event);
                }
            }
        } finally {
            telling.unlock();
        }
    }

    /** Closes all subscriptions. What waits is still told. */
    @Override
    public void close() {
        direct.clear();
        noted.clear();
        queued.forEach(QueuedSubscription::close);
    }

    /** A listener that is called by whoever causes the event. */
    private final class Direct implements Subscription {

        private final GuardedListener listener;

        Direct(GuardedListener listener) {
            this.listener = listener;
        }

        GuardedListener listener() {
            return listener;
        }

        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public long failed() {
            return listener.failed();
        }

        @Override
        public void close() {
            direct.remove(this);
            if (direct.isEmpty()) {
                noted.clear();
            }
        }

        @Override
        public boolean awaitEnd(Duration time) {
            return true;
        }
    }
}
