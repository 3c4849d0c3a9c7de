package dev.berth.registry.event;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener whose failures go no further. The first is logged; the rest are counted. */
final class GuardedListener {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    private final EventListener listener;
    private final AtomicLong failed = new AtomicLong();

    GuardedListener(EventListener listener) {
        this.listener = listener;
    }

    void tell(RegistryEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            if (failed.incrementAndGet() == 1) {
                LOG.warn("The listener {} failed at {}; its next failures are counted, not logged", listener, event, e);
            }
        }
    }

    long failed() {
        return failed.get();
    }
}
