package dev.berth.registry.auth.htpasswd;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.Md5Crypt;

/** The hash of a password, in one of the forms of {@code htpasswd}. */
sealed interface PasswordHash {

    /** Whether it is that of a password. Takes its time. */
    boolean matches(String password);

    /** Whether it says too little to keep the password secret from somebody who has the file. */
    boolean weak();

    /**
     * Reads a hash.
     *
     * @throws IllegalArgumentException if there is no such form; the message says what is wrong, and nothing of the hash
     */
    static PasswordHash of(String text) {
        Matcher bcrypt = Bcrypt.FORM.matcher(text);
        if (bcrypt.matches()) {
            int cost = Integer.parseInt(bcrypt.group(1));
            if (cost < 4 || cost > Bcrypt.MOST_COST) {
                throw new IllegalArgumentException("a bcrypt cost of " + cost + " is outside of 4 to "
                        + Bcrypt.MOST_COST + ": make the entry anew with htpasswd -B -C 10");
            }
            return new Bcrypt(text, cost);
        }
        Matcher apr1 = Apr1.FORM.matcher(text);
        if (apr1.matches()) {
            return new Apr1(text, apr1.group(1));
        }
        if (text.startsWith(Sha1.PREFIX)) {
            return Sha1.of(text);
        }
        throw new IllegalArgumentException(
                "the hash is of no form that is understood: make the entry with htpasswd -B");
    }

    /** The form of {@code htpasswd -B}. */
    record Bcrypt(String text, int cost) implements PasswordHash {

        private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");
        private static final int MOST_COST = 16;

        @Override
        public boolean matches(String password) {
            // Only the first 72 bytes count, in htpasswd and in Docker's registry as well.
            return BCrypt.verifyer(null, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y))
                    .verify(password.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.US_ASCII))
                    .verified;
        }

        @Override
        public boolean weak() {
            return false;
        }
    }

    /** The form of {@code htpasswd -m}. */
    record Apr1(String text, String salt) implements PasswordHash {

        private static final Pattern FORM = Pattern.compile("(\\$apr1\\$[./A-Za-z0-9]{1,8})\\$[./A-Za-z0-9]{22}");

        @Override
        public boolean matches(String password) {
            String hash = Md5Crypt.apr1Crypt(password.getBytes(StandardCharsets.UTF_8), salt);
            return MessageDigest.isEqual(
                    hash.getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public boolean weak() {
            return true;
        }
    }

    /** The form of {@code htpasswd -s}. */
    record Sha1(String hex) implements PasswordHash {

        private static final String PREFIX = "{SHA}";

        private static Sha1 of(String text) {
            byte[] digest = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            if (digest.length != 20) {
                throw new IllegalArgumentException("a SHA-1 hash has 20 bytes, and this one " + digest.length);
            }
            return new Sha1(Hex.encodeHexString(digest));
        }

        @Override
        public boolean matches(String password) {
            String found = DigestUtils.sha1Hex(password.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(
                    hex.getBytes(StandardCharsets.US_ASCII), found.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public boolean weak() {
            return true;
        }
    }
}
