package dev.berth.registry.jetty;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends large bodies on a thread of its own, each as soon as its socket has room: to have another thread woken for each costs more than
 * what is sent then, and the one that answers small requests is not to wait for a disk.
 *
 * <p>The thread begins with the first body and ends with the server. Any thread may call.
 */
final class LargeBodySender {

    private static final Logger LOG = LoggerFactory.getLogger(LargeBodySender.class);

    private final Queue<Consumer<Selector>> tasks = new ConcurrentLinkedQueue<>();

    /** Guarded by this. */
    private @Nullable Worker worker;

    private boolean ended;

    /**
     * Has {@code sending} begin on the thread. It must wait for nothing but a disk.
     *
     * @return false if there is no thread, as when the server ends or has no file descriptor left
     */
    boolean begin(Runnable sending) {
        return add(selector -> sending.run());
    }

    /** Goes on with what {@code socket} sends as soon as that has room. */
    void await(DirectEndPoint socket) {
        if (!add(selector -> expectRoom(socket, selector))) {
            socket.close();
        }
    }

    /** A socket is closed only when all who know it have seen that. */
    synchronized void closed() {
        if (worker != null) {
            worker.selector.wakeup();
        }
    }

    /** Ends the thread. To be called when all connections are closed: whoever closes one relies on what is being sent to get to its end. */
    synchronized void stop() {
        ended = true;
        closed();
    }

    private synchronized boolean add(Consumer<Selector> task) {
        if (ended) {
            return false;
        }
        if (worker == null) {
            try {
                worker = new Worker(Selector.open());
            } catch (IOException e) {
                LOG.debug("Bodies are sent by other threads", e);
                return false;
            }
            worker.start();
        }
        tasks.add(task);
        if (Thread.currentThread() != worker) {
            worker.selector.wakeup();
        }
        return true;
    }

    private synchronized boolean ended() {
        return ended;
    }

    private static void expectRoom(DirectEndPoint socket, Selector selector) {
        try {
            socket.expectRoom(selector);
        } catch (ClosedChannelException | CancelledKeyException | ClosedSelectorException e) {
            socket.close();
        }
    }

    private final class Worker extends Thread {

        private final Selector selector;

        Worker(Selector selector) {
            super("berth-sender");
            setDaemon(true);
            this.selector = selector;
        }

        @Override
        public void run() {
            try (selector) {
                while (!ended()) {
                    runTasks();
                    selector.select(this::goOn);
                }
            } catch (IOException e) {
                LOG.error("Large bodies cannot be sent any more", e);
                LargeBodySender.this.stop();
            }
            // What came at last finds that there is nobody to wait for it, and ends.
            runTasks();
        }

        private void runTasks() {
            for (Consumer<Selector> task = tasks.poll(); task != null; task = tasks.poll()) {
                task.accept(selector);
            }
        }

        private void goOn(SelectionKey key) {
            try {
                // Who has more to send says so again. The system hears of neither if that is before the next look at
                // the sockets.
                key.interestOps(0);
            } catch (CancelledKeyException e) {
                return;
            }
            ((DirectEndPoint) key.attachment()).sendMore();
        }
    }
}
