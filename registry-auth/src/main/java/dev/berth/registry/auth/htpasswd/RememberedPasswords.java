package dev.berth.registry.auth.htpasswd;

import dev.berth.registry.recent.RecentlyUsed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a short while ago. What is kept is a hash under a key that this process has made up, so that its
 * memory, dumped, tells less than the file does. Safe for use by several threads.
 */
final class RememberedPasswords {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MOST = 10_000;

    private final SecretKeySpec key;
    private final Duration time;
    private final Clock clock;
    private final RecentlyUsed<ByteBuffer, Long> ends = new RecentlyUsed<>(MOST);

    RememberedPasswords(Duration time, Clock clock) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
        this.time = time;
        this.clock = clock;
    }

    /** Something that only the same name, password and entry of the file have. */
    ByteBuffer mark(String name, String password, String revision) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(revision.getBytes(StandardCharsets.US_ASCII));
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(password.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    boolean contains(ByteBuffer mark) {
        return ends.get(mark).filter(end -> end > clock.millis()).isPresent();
    }

    void add(ByteBuffer mark) {
        if (!time.isZero()) {
            ends.put(mark, clock.millis() + time.toMillis());
        }
    }
}
