package dev.berth.registry.jetty;

import dev.berth.registry.jetty.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second whether the files of a {@link Tls} have changed, and takes them up once they have stayed the same for
 * another: a certificate and its key are not written at one time. Files that cannot be used are told of once and left.
 */
final class CertificateReload {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateReload.class);

    private final Tls tls;
    private List<Object> seen;
    private List<Object> taken;

    /** Takes up a context that has been read anew. */
    interface Taker {
        void take(SSLContext context) throws Exception;
    }

    /** Remembers the files as they are now, which is to be before they are read for the first time. */
    CertificateReload(Tls tls) {
        this.tls = tls;
        this.seen = state();
        this.taken = seen;
    }

    /** Looks after the files until the scheduler stops. */
    void begin(Scheduler scheduler, Taker taker) {
        if (!tls.files().isEmpty()) {
            schedule(scheduler, taker);
        }
    }

    private void schedule(Scheduler scheduler, Taker taker) {
        scheduler.schedule(
                () -> {
                    look(taker);
                    schedule(scheduler, taker);
                },
                1,
                TimeUnit.SECONDS);
    }

    /** Looks once. */
    void look(Taker taker) {
        List<Object> now = state();
        if (!now.equals(taken) && now.equals(seen)) {
            taken = now;
            reload(taker);
        }
        seen = now;
    }

    private void reload(Taker taker) {
        try {
            taker.take(tls.load());
            LOG.info("The certificate has changed: {}", tls);
        } catch (Exception e) {
            LOG.warn("The certificate has changed and cannot be used; the one before stays in use. {}", e.getMessage());
            LOG.debug("Why it cannot be used", e);
        }
    }

    private List<Object> state() {
        List<Object> state = new ArrayList<>();
        for (Path file : tls.files()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                state.add(attributes.lastModifiedTime());
                state.add(attributes.size());
                state.add(String.valueOf(attributes.fileKey()));
            } catch (IOException e) {
                state.add("missing");
            }
        }
        return state;
    }
}
