package dev.berth.registry.image;

import java.time.Instant;

/**
 * What a layer says of a file beside its content.
 *
 * @param mode the permission bits, 0 to 07777
 * @param uid the owner's number, 0 for root
 * @param gid the group's number, 0 for root
 * @param modified when the file was changed, to the second
 */
public record Attributes(int mode, long uid, long gid, Instant modified) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a mode has more than permission bits, or an owner is negative
     */
    public Attributes {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("A mode is 0 to 07777 (octal), not 0" + Integer.toOctalString(mode));
        }
        if (uid < 0 || gid < 0) {
            throw new IllegalArgumentException("Owner and group are 0 or more, not " + uid + " and " + gid);
        }
    }

    /** Those of a plain file: root's, for all to read ({@code 0644}), of 1 January 1970. */
    public static Attributes file() {
        return new Attributes(0644, 0, 0, Instant.EPOCH);
    }

    /** Those of a program: root's, for all to run ({@code 0755}), of 1 January 1970. */
    public static Attributes executable() {
        return file().withMode(0755);
    }

    /** Those of a directory: root's, for all to enter ({@code 0755}), of 1 January 1970. */
    public static Attributes directory() {
        return file().withMode(0755);
    }

    /** The same with other permission bits, such as {@code 0600}. */
    public Attributes withMode(int newMode) {
        return new Attributes(newMode, uid, gid, modified);
    }

    /** The same with another owner and group. */
    public Attributes withOwner(long newUid, long newGid) {
        return new Attributes(mode, newUid, newGid, modified);
    }

    /** The same of another time. */
    public Attributes withModified(Instant time) {
        return new Attributes(mode, uid, gid, time);
    }
}
