package dev.berth.registry.auth.htpasswd;

import java.time.Duration;

/**
 * How an htpasswd file is read. Immutable; {@link #defaults()} is where to begin.
 *
 * @param weakHashes whether {@code $apr1$} and {@code {SHA}} count. A graphics card tries them by the billion, so somebody
 *     who gets at the file has the passwords; not unless told
 * @param remember for how long a password that was right is not hashed again, zero for never; 5 minutes unless told. A change
 *     of the file ends it
 */
public record HtpasswdOptions(boolean weakHashes, Duration remember) {

    /** @throws IllegalArgumentException if the time is negative */
    public HtpasswdOptions {
        if (remember.isNegative()) {
            throw new IllegalArgumentException("A time to remember is zero or more, not " + remember);
        }
    }

    /** What is used unless told. */
    public static HtpasswdOptions defaults() {
        return new HtpasswdOptions(false, Duration.ofMinutes(5));
    }

    /** The same, with weak hashes or without. */
    public HtpasswdOptions withWeakHashes(boolean allowed) {
        return new HtpasswdOptions(allowed, remember);
    }

    /** The same with another time to remember. */
    public HtpasswdOptions withRemember(Duration time) {
        return new HtpasswdOptions(weakHashes, time);
    }
}
